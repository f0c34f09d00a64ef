import {
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** One step on the way from the root: a field of a type. */
interface Step {
  type: string;
  field: string;
}

/** How a path comes to its type: what is peculiar to it. */
const FORMS = ['direct', 'list', 'edges'] as const;
export const WAYS = [...FORMS, ...FORMS.map((form) => `${form} behind another entity` as const)];
type Way = (typeof WAYS)[number];

export interface PathToType {
  way: Way;
  steps: readonly Step[];
  /** The type at its end, whose fields are the cells. */
  type: string;
}

/** Longer ones are the same again. */
const MAX_STEPS = 6;
/** Of each way to each type, from different fields of the root where there are. */
const MAX_PATHS = 2;

/** The shortest ways from a root to every object type, found in the schema itself. */
export function findPaths(schema: GraphQLSchema, entities: ReadonlySet<string>): PathToType[] {
  const root = schema.getQueryType()!.name;
  const found = new Map<string, PathToType[]>();
  const own: PathToType = { way: 'direct', steps: [], type: root };
  let frontier = [own];
  for (let length = 0; length < MAX_STEPS; length++) {
    frontier = frontier.flatMap((path) => extend(schema, path, entities)).filter((path) => add(found, path));
  }
  return [own, ...[...found.values()].flat()];
}

function extend(schema: GraphQLSchema, { steps, type }: PathToType, entities: ReadonlySet<string>): PathToType[] {
  const object = schema.getType(type);
  if (!isObjectType(object)) return [];
  return Object.values(object.getFields()).flatMap((field) => {
    const target: GraphQLNamedType = getNamedType(field.type);
    if (!isObjectType(target)) return [];
    const longer = [...steps, { type, field: field.name }];
    return [{ way: wayOf(schema, longer, entities), steps: longer, type: target.name }];
  });
}

function wayOf(schema: GraphQLSchema, steps: readonly Step[], entities: ReadonlySet<string>): Way {
  const form = formOf(schema, steps);
  return steps.some(({ type }) => entities.has(type)) ? `${form} behind another entity` : form;
}

function formOf(schema: GraphQLSchema, steps: readonly Step[]): (typeof FORMS)[number] {
  if (steps.some(({ field }) => field === 'edges')) return 'edges';
  return steps.some((step) => isListField(schema, step)) ? 'list' : 'direct';
}

function isListField(schema: GraphQLSchema, { type, field }: Step): boolean {
  const object = schema.getType(type);
  const declared = isObjectType(object) ? object.getFields()[field]!.type : null;
  return isListType(isNonNullType(declared) ? declared.ofType : declared);
}

/** Whether there was need of it. */
function add(found: Map<string, PathToType[]>, path: PathToType): boolean {
  const key = `${path.type} ${path.way}`;
  const known = found.get(key) ?? [];
  const sameRoot = known.filter(({ steps }) => steps[0]!.field === path.steps[0]!.field);
  if (known.length >= MAX_PATHS || sameRoot.length > 0) return false;
  found.set(key, [...known, path]);
  return true;
}
