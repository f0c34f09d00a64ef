import { type ConstDirectiveNode, type DocumentNode, valueFromASTUntyped } from 'graphql';
import { z } from 'zod';
import { directiveName, readLinks } from '../supergraph/links.ts';

/** Reads `@cost` and `@listSize`, under whatever names the supergraph has them. */
export interface CostDirectives {
  /** Null when the place carries no `@cost`. */
  weightOf(directives: readonly ConstDirectiveNode[]): number | null;
  /** Null when the place carries no `@listSize`. */
  listSizeOf(directives: readonly ConstDirectiveNode[]): ListSizeRule | null;
}

/** https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/directives#listsize */
export interface ListSizeRule {
  assumedSize: number | null;
  slicingArguments: readonly string[];
  sizedFields: readonly string[];
}

/** Composition links both directives by their own specification; a subgraph's text has them in the federation's. */
const SPECS: ReadonlySet<string> = new Set(['https://specs.apollo.dev/cost', 'https://specs.apollo.dev/federation']);

/** A negative weight would pay for the rest of an operation. */
const weightSchema = z.object({ weight: z.coerce.number().int().min(0) });

const names = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);
const listSizeSchema = z.object({
  assumedSize: z
    .int()
    .min(0)
    .nullish()
    .transform((size) => size ?? null),
  slicingArguments: names,
  sizedFields: names,
});

/** Throws on a use that says nothing that can be counted. */
export function createCostDirectives(supergraph: DocumentNode): CostDirectives {
  const links = readLinks(supergraph).filter(({ identity }) => SPECS.has(identity));
  const namesOf = (name: string) => new Set(links.map((link) => directiveName(link, name)));
  const costNames = namesOf('cost');
  const listSizeNames = namesOf('listSize');
  return {
    weightOf: (directives) => readOne(directives, costNames, weightSchema)?.weight ?? null,
    listSizeOf: (directives) => readOne(directives, listSizeNames, listSizeSchema),
  };
}

function readOne<T>(
  directives: readonly ConstDirectiveNode[],
  named: ReadonlySet<string>,
  schema: z.ZodType<T>,
): T | null {
  const use = directives.find(({ name }) => named.has(name.value));
  if (use === undefined) return null;
  const values = use.arguments?.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]) ?? [];
  const parsed = schema.safeParse(Object.fromEntries(values));
  if (parsed.success) return parsed.data;
  throw new Error(`Malformed @${use.name.value}: ${parsed.error.issues.map(({ message }) => message).join('; ')}`);
}
