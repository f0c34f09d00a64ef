import { type ArgumentNode, Kind, type ValueNode } from 'graphql';
import type { Variables } from './cost.ts';
import type { CostModel, InputCost } from './cost-model.ts';

/** What is sent in arguments costs only where @cost says so. */
export interface InputCosts {
  /** What these arguments cost wherever they stand; what variables hold is counted once a request, below. */
  ofArguments(nodes: readonly ArgumentNode[], inputs: ReadonlyMap<string, InputCost>): number;
  /** What the variables hold, in time linear in it. */
  ofRequest(variables: Variables): number;
  readonly isConstant: boolean;
}

export function createInputCosts(inputs: CostModel['inputs'], defaults: ReadonlyMap<string, unknown>): InputCosts {
  const uses = new Map<string, { variable: string; type: string; count: number }>();

  function ofNode(node: ValueNode, type: string): number {
    switch (node.kind) {
      case Kind.VARIABLE: {
        const variable = node.name.value;
        const key = `${variable} ${type}`;
        uses.set(key, { variable, type, count: (uses.get(key)?.count ?? 0) + 1 });
        return 0;
      }
      case Kind.LIST:
        return node.values.reduce((sum, value) => sum + ofNode(value, type), 0);
      case Kind.OBJECT:
        return node.fields.reduce((sum, { name, value }) => {
          const input = inputs.get(type)?.get(name.value);
          return input ? sum + input.weight + ofNodeOf(value, input.type) : sum;
        }, 0);
      default:
        return 0;
    }
  }

  const ofNodeOf = (node: ValueNode, type: string) => (inputs.has(type) ? ofNode(node, type) : 0);

  function ofValue(value: unknown, type: string): number {
    if (Array.isArray(value)) return value.reduce((sum: number, item: unknown) => sum + ofValue(item, type), 0);
    const fields = inputs.get(type);
    if (fields === undefined || typeof value !== 'object' || value === null) return 0;
    return Object.entries(value).reduce((sum, [name, inner]) => {
      const input = fields.get(name);
      return input ? sum + input.weight + ofValue(inner, input.type) : sum;
    }, 0);
  }

  return {
    ofArguments: (nodes, declared) =>
      nodes.reduce((sum, { name, value }) => {
        const input = declared.get(name.value);
        return input ? sum + input.weight + ofNodeOf(value, input.type) : sum;
      }, 0),
    ofRequest: (variables) =>
      [...uses.values()].reduce((sum, { variable, type, count }) => {
        const value = Object.hasOwn(variables, variable) ? variables[variable] : defaults.get(variable);
        return sum + count * ofValue(value, type);
      }, 0),
    get isConstant() {
      return uses.size === 0;
    },
  };
}
