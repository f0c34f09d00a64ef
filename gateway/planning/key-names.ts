import {
  type ConstDirectiveNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  Kind,
  parse,
  visit,
} from 'graphql';
import { readLinks } from '../supergraph/links.ts';

const JOIN_IDENTITY = 'https://specs.apollo.dev/join';

/** The names of fields that plans may add to what a client asks for. */
export interface KeyNames {
  /** Those of keys and of @requires. */
  all: ReadonlySet<string>;
  /** Those of fields that some @requires gives arguments: what a client calls so may be another value. */
  withArguments: ReadonlySet<string>;
  /** Whether types of one interface are one object to some subgraph: there, what is asked of them is asked of one. */
  haveOneObject: boolean;
}

export function findKeyNames(supergraph: DocumentNode): KeyNames {
  const join = readLinks(supergraph).find(({ identity }) => identity === JOIN_IDENTITY)?.namespace ?? 'join';
  const argumentOf = new Map([
    [`${join}__type`, 'key'],
    [`${join}__field`, 'requires'],
  ]);
  const all = new Set<string>();
  const withArguments = new Set<string>();
  let haveOneObject = false;
  visit(supergraph, {
    Directive(node) {
      haveOneObject ||= node.name.value === `${join}__type` && isInterfaceObject(node);
      const argument = argumentOf.get(node.name.value);
      // Cast: there are no variables in a schema.
      const fieldSet = argument === undefined ? null : textOf(node as ConstDirectiveNode, argument);
      for (const field of fieldSet === null ? [] : fieldsIn(fieldSet)) {
        all.add(field.name.value);
        if (field.arguments?.length) withArguments.add(field.name.value);
      }
    },
  });
  return { all, withArguments, haveOneObject };
}

function isInterfaceObject({ arguments: given = [] }: DirectiveNode): boolean {
  return given.some(
    ({ name, value }) => name.value === 'isInterfaceObject' && value.kind === Kind.BOOLEAN && value.value,
  );
}

function textOf({ arguments: given = [] }: ConstDirectiveNode, name: string): string | null {
  const value = given.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : null;
}

function fieldsIn(fieldSet: string): FieldNode[] {
  const fields: FieldNode[] = [];
  visit(parse(`{ ${fieldSet} }`, { noLocation: true }), {
    Field(node) {
      fields.push(node);
    },
  });
  return fields;
}
