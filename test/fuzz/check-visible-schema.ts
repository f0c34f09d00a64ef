import { deepStrictEqual, ok } from 'node:assert/strict';
import {
  buildSchema,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  parse,
  printSchema,
  validateSchema,
} from 'graphql';
import type { Authorizer } from '../../gateway/rights/authorizer.ts';
import { judgeRequest } from '../../gateway/rights/judge-request.ts';
import { type Caller, rightsOf } from './caller.ts';
import type { Choices } from './choices.ts';
import { mayEnter, mayFill, maySelect, maySend } from './oracle.ts';
import { createOperation } from './random-operation.ts';
import type { World } from './random-world.ts';

/**
 * What introspection shows a caller holds only what they may use, is a valid schema, and all that is valid by it is
 * allowed.
 */
export function checkVisibleSchema(world: World, authorizer: Authorizer, caller: Caller, choices: Choices): void {
  const schema = authorizer.visibleSchema(rightsOf(caller));
  checkParts(world, schema, caller);
  if (Object.keys(schema.getQueryType()!.getFields()).length === 0) return;
  deepStrictEqual(validateSchema(buildSchema(printSchema(schema))), []);
  const { query, variables } = createOperation(schema, choices);
  const decision = authorizer.decide(parse(query), rightsOf(caller));
  deepStrictEqual(judgeRequest(decision, variables), { kind: 'allowed', errors: [] });
  deepStrictEqual(decision.deniedSelections, []);
}

function checkParts(world: World, schema: GraphQLSchema, caller: Caller): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    const isEmptyRoot = type === schema.getQueryType() && Object.keys(type.toConfig().fields).length === 0;
    ok(isEmptyRoot || mayEnter(world, type.name, caller), type.name);
    if (isInputObjectType(type)) {
      for (const field of Object.keys(type.getFields())) ok(mayFill(world, type.name, field, caller), field);
    }
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        ok(maySelect(world, type.name, field.name, caller), `${type.name}.${field.name}`);
        for (const { name } of field.args) ok(maySend(world, type.name, field.name, name, caller), name);
      }
    }
    if (isObjectType(type)) checkIsComplete(world, type, caller);
  }
}

/** No field of a leaf type is missing that the caller could select. */
function checkIsComplete(world: World, shown: GraphQLObjectType, caller: Caller): void {
  const type = world.schema.getType(shown.name) as GraphQLObjectType;
  for (const field of Object.values(type.getFields())) {
    const isSelectable =
      isLeafType(getNamedType(field.type)) &&
      maySelect(world, type.name, field.name, caller) &&
      !field.args.some(isRequiredArgument);
    if (isSelectable) ok(Object.hasOwn(shown.getFields(), field.name), `${type.name}.${field.name} is not shown`);
  }
}
