import { type ConstDirectiveNode, type DocumentNode, Kind, parse, visit } from 'graphql';
import { readLinks } from '../supergraph/links.ts';

const JOIN_IDENTITY = 'https://specs.apollo.dev/join';

/** The names of all fields that plans may add to what a client asks for: those of keys and of @requires. */
export function findKeyNames(supergraph: DocumentNode): ReadonlySet<string> {
  const join = readLinks(supergraph).find(({ identity }) => identity === JOIN_IDENTITY)?.namespace ?? 'join';
  const argumentOf = new Map([
    [`${join}__type`, 'key'],
    [`${join}__field`, 'requires'],
  ]);
  const names = new Set<string>();
  visit(supergraph, {
    Directive(node) {
      const argument = argumentOf.get(node.name.value);
      // Cast: there are no variables in a schema.
      const fieldSet = argument === undefined ? null : textOf(node as ConstDirectiveNode, argument);
      if (fieldSet !== null) for (const name of namesIn(fieldSet)) names.add(name);
    },
  });
  return names;
}

function textOf({ arguments: given = [] }: ConstDirectiveNode, name: string): string | null {
  const value = given.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : null;
}

function namesIn(fieldSet: string): string[] {
  const names: string[] = [];
  visit(parse(`{ ${fieldSet} }`, { noLocation: true }), {
    Field(node) {
      names.push(node.name.value);
    },
  });
  return names;
}
