import type { CallerRights } from '../../gateway/rights/rule.ts';
import type { Choices } from './choices.ts';
import { POLICIES, SCOPES } from './random-world.ts';

export interface Caller {
  isAuthenticated: boolean;
  scopes: string[];
  policies: string[];
}

export function randomCaller(choices: Choices): Caller {
  return {
    isAuthenticated: choices.chance(60),
    scopes: choices.some(SCOPES, 60),
    policies: choices.some(POLICIES, 50),
  };
}

export function rightsOf({ isAuthenticated, scopes, policies }: Caller): CallerRights {
  return { isAuthenticated, scopes: new Set(scopes), policies: new Set(policies) };
}
