import {
  type ConstDirectiveNode,
  type DocumentNode,
  GraphQLList,
  GraphQLNonNull,
  GraphQLString,
  Kind,
  specifiedDirectives,
  valueFromAST,
  visit,
} from 'graphql';
import { z } from 'zod';
import { directiveName, type Link, readLinks } from '../supergraph/links.ts';
import type { Rule, RuleBook } from './rule.ts';

/** Reads the rules that directives of one supergraph declare. */
export interface RuleDirectives {
  /** What types and fields carry: @authenticated, @requiresScopes, @policy. Null for any other directive. */
  accessRule(directive: ConstDirectiveNode): Rule | null;
  /** What arguments and input fields carry: @argumentScopes. Null for any other directive. */
  argumentRule(directive: ConstDirectiveNode): Rule | null;
}

const SPECS_URL = 'https://specs.apollo.dev/';
const FEDERATION = `${SPECS_URL}federation`;
/** Composition links each directive by its own specification; a subgraph's text has it in the federation's. */
const ACCESS_DIRECTIVES = ['authenticated', 'requiresScopes', 'policy'] as const;
/** Ours, from whatever specification a company links it by: to ignore it would open what it guards. */
const ARGUMENT_DIRECTIVE = 'argumentScopes';

/** Resolves renamed imports. Throws on a supergraph in which a rule could be overlooked. */
export function createRuleDirectives(supergraph: DocumentNode, book: RuleBook): RuleDirectives {
  const links = readLinks(supergraph);
  const access = new Map(
    ACCESS_DIRECTIVES.flatMap((name) => accessLinks(links, name).flatMap((link) => namesOf(link, name))),
  );
  const argument = new Set(links.filter(isForeign).flatMap((link) => namesOf(link, ARGUMENT_DIRECTIVE).map(first)));
  checkDefinitions(supergraph, argument);
  checkUses(supergraph, links, new Set([...ACCESS_DIRECTIVES, ARGUMENT_DIRECTIVE, ...access.keys(), ...argument]));
  return {
    accessRule: (directive) => readAccessRule(directive, access.get(directive.name.value), book),
    argumentRule: (directive) =>
      argument.has(directive.name.value) ? book.of('scopes', readAlternatives(directive, 'scopes')) : null,
  };
}

type AccessDirective = (typeof ACCESS_DIRECTIVES)[number];

function accessLinks(links: readonly Link[], name: AccessDirective): Link[] {
  return links.filter(({ identity }) => identity === `${SPECS_URL}${name}` || identity === FEDERATION);
}

function isForeign({ identity }: Link): boolean {
  return !identity.startsWith(SPECS_URL);
}

/** Every name the directive can have, also those that composition would not write. */
function namesOf<Name extends string>(link: Link, name: Name): [string, Name][] {
  const names = new Set([directiveName(link, name), `${link.namespace}__${name}`]);
  if (link.identity.endsWith(`/${name}`)) names.add(link.namespace);
  return [...names].map((alias) => [alias, name]);
}

function first([alias]: [string, string]): string {
  return alias;
}

function readAccessRule(directive: ConstDirectiveNode, name: AccessDirective | undefined, book: RuleBook): Rule | null {
  switch (name) {
    case undefined:
      return null;
    case 'authenticated':
      if (directive.arguments?.length) throw malformed(directive, 'expected no arguments');
      return book.authenticated;
    case 'requiresScopes':
      return book.of('scopes', readAlternatives(directive, 'scopes'));
    case 'policy':
      return book.of('policies', readAlternatives(directive, 'policies'));
  }
}

const alternativesType = new GraphQLNonNull(
  new GraphQLList(new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(GraphQLString)))),
);
/** An empty list would be met by everybody: `[]` and `[[]]` say nothing that an author can have meant. */
const alternativesSchema = z.array(z.array(z.string().min(1)).min(1)).min(1);

function readAlternatives(directive: ConstDirectiveNode, argumentName: 'scopes' | 'policies'): string[][] {
  const [argument, ...others] = directive.arguments ?? [];
  if (argument?.name.value !== argumentName || others.length > 0) {
    throw malformed(directive, `expected the argument ${argumentName} alone`);
  }
  const parsed = alternativesSchema.safeParse(valueFromAST(argument.value, alternativesType));
  if (!parsed.success) throw malformed(directive, `${argumentName} must be non-empty lists of strings`);
  return parsed.data;
}

function malformed(directive: ConstDirectiveNode, expected: string): Error {
  return new Error(`Malformed rule @${directive.name.value}: ${expected}`);
}

/** Composition keeps only one subgraph's arguments of a directive that is not repeatable. */
function checkDefinitions(supergraph: DocumentNode, argumentNames: ReadonlySet<string>): void {
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.DIRECTIVE_DEFINITION || !argumentNames.has(definition.name.value)) continue;
    if (!definition.repeatable) {
      throw new Error(`@${definition.name.value} must be repeatable, or rules of all subgraphs but one are lost`);
    }
  }
}

/** A directive that no @link explains may be a rule under a name we cannot know. */
function checkUses(supergraph: DocumentNode, links: readonly Link[], ruleNames: ReadonlySet<string>): void {
  const explained = new Set([
    ...specifiedDirectives.map(({ name }) => name),
    ...links.flatMap((link) => [link.namespace, ...[...link.imports.values()].map((name) => name.replace(/^@/, ''))]),
  ]);
  const isExplained = (name: string) =>
    explained.has(name) || links.some(({ namespace }) => name.startsWith(`${namespace}__`));
  visit(supergraph, {
    Directive(node) {
      if (!isExplained(node.name.value)) throw new Error(`No @link explains the directive @${node.name.value}`);
      if (isJoinedRule(node as ConstDirectiveNode, ruleNames)) {
        throw new Error(`@${node.name.value} carries a rule in a form that is not known`);
      }
    },
  });
}

/** `@join__directive(name: "federation__requiresScopes")`: how composition keeps directives it does not merge. */
function isJoinedRule(node: ConstDirectiveNode, ruleNames: ReadonlySet<string>): boolean {
  if (!node.name.value.endsWith('__directive')) return false;
  const name = node.arguments?.find((argument) => argument.name.value === 'name')?.value;
  if (name?.kind !== Kind.STRING) return false;
  return ruleNames.has(name.value) || ruleNames.has(name.value.replace(/^.*__/, ''));
}
