import { normaliseEmail } from '../../../shared/normalise.ts';
import type { RecordCache } from '../../../shared/record-cache.ts';
import { formatReference, parseReference } from '../../../shared/reference.ts';
import type { CallContext } from '../../../shared/upstream/context.ts';
import type { Employee, StageKey, StageNames } from '../../model.ts';
import type { HubspotApi } from './api.ts';
import type { OwnersPayload, PipelinesPayload } from './payloads.ts';

/** People and pipelines of a portal change a few times a year. */
const TTL_MS = 10 * 60_000;
const TEAM = 'team';
/** 10,000 people. */
const MAX_OWNER_PAGES = 20;

export interface Directory {
  employees(ids: readonly string[], context: CallContext): Promise<(Employee | null)[]>;
  stageNames(keys: readonly StageKey[], context: CallContext): Promise<StageNames[]>;
  /** The users among these references of users and teams, and those who are in the teams. */
  people(owners: readonly string[], context: CallContext): Promise<string[]>;
}

/** The small lists of a portal, which are read whole and kept: its users and its pipelines. */
export function createDirectory(deps: { api: HubspotApi; cache: RecordCache; source: string }): Directory {
  const { api, cache, source } = deps;
  type Load<T> = (call: CallContext) => Promise<T>;
  const whole = async <T>(type: string, id: string, context: CallContext, load: Load<T>): Promise<T> => {
    const value = await cache.get<T>({ source, type, id }, load, { ttlMs: TTL_MS, context });
    // The loader never answers null; the cache's type allows it.
    return value as T;
  };

  const owners = (archived: boolean, context: CallContext) =>
    whole('owners', archived ? 'archived' : 'active', context, async (call) => {
      const people: Person[] = [];
      let after: string | null = null;
      for (let page = 0; page < MAX_OWNER_PAGES; page += 1) {
        const { results, paging }: OwnersPayload = await api.owners(after, archived, call);
        people.push(...results.map((owner) => toPerson(source, owner)));
        if (!paging?.next) break;
        after = paging.next.after;
      }
      return people;
    });

  return {
    employees: async (ids, context) => {
      const wanted = ids.map((id) => formatReference(source, 'owner', id));
      const known = new Map((await owners(false, context)).map((person) => [person.id, person]));
      // People who have left still own old records; they are in a list of their own.
      const hasLeft = wanted.some((id) => !known.has(id));
      for (const person of hasLeft ? await owners(true, context) : []) {
        if (!known.has(person.id)) known.set(person.id, person);
      }
      return wanted.map((id) => toEmployee(known.get(id)));
    },
    people: async (wanted, context) => {
      const teams = wanted.filter((reference) => parseReference(reference)?.type === TEAM);
      const users = wanted.filter((reference) => !teams.includes(reference));
      const active = teams.length > 0 ? await owners(false, context) : [];
      const members = active.filter((person) => person.teams.some((team) => teams.includes(team)));
      return [...new Set([...users, ...members.map(({ id }) => id)])];
    },
    stageNames: async (keys, context) => {
      const read = (object: StageKey['object']) => {
        const isAsked = keys.some((key) => key.object === object);
        if (!isAsked) return null;
        return whole('pipelines', object, context, (call) =>
          api.pipelines(object === 'deal' ? 'deals' : 'tickets', call),
        );
      };
      const [deal, ticket] = await Promise.all([read('deal'), read('ticket')]);
      return keys.map((key) => namesOf(key, key.object === 'deal' ? deal : ticket));
    },
  };
}

interface Person extends Employee {
  /** References of the teams they are in. */
  teams: string[];
}

function toEmployee(person: Person | undefined): Employee | null {
  return person ? { id: person.id, name: person.name, email: person.email } : null;
}

function toPerson(source: string, owner: OwnersPayload['results'][number]): Person {
  const { id, firstName, lastName, email, teams } = owner;
  return {
    id: formatReference(source, 'owner', id),
    name: [firstName, lastName].filter(Boolean).join(' ') || null,
    email: normaliseEmail(email),
    teams: (teams ?? []).map((team) => formatReference(source, TEAM, team.id)),
  };
}

/** A stage that was removed since keeps its key as its name. */
function namesOf({ pipelineId, stageId }: StageKey, payload: PipelinesPayload | null): StageNames {
  const pipeline = payload?.results.find(({ id }) => id === pipelineId);
  const stage = pipeline?.stages.find(({ id }) => id === stageId);
  return { pipeline: pipeline?.label ?? pipelineId, stage: stage?.label ?? stageId };
}
