/** One check of the enforcer, and how the code reads without it. */
export interface Check {
  name: string;
  file: string;
  /** Stands in the file exactly once. */
  code: string;
  without: string;
}

const check = (file: string, name: string, code: string, without: string): Check => ({ name, file, code, without });

/** Each of these, taken away alone, must turn some test red: see remove-checks.ts. */
export const CHECKS: readonly Check[] = [
  // What a rule means.
  check(
    'rule.ts',
    'all scopes of an alternative',
    'all.every((name) => granted.has(name))',
    'all.some((name) => granted.has(name))',
  ),
  check('rule.ts', 'any alternative of a rule', 'rule.anyOf.some((all)', 'rule.anyOf.every((all)'),
  check('rule.ts', '@authenticated', 'return rights.isAuthenticated;', 'return true;'),
  check('rule.ts', 'what cannot be judged', "case 'never':\n      return false;", "case 'never':\n      return true;"),
  // Where rules are read.
  check(
    'rule-directives.ts',
    'empty scopes',
    'z.array(z.array(z.string().min(1)).min(1)).min(1)',
    'z.array(z.array(z.string()))',
  ),
  check('rule-directives.ts', 'other arguments of a rule', '|| others.length > 0', ''),
  check(
    'rule-directives.ts',
    'arguments of @authenticated',
    "if (directive.arguments?.length) throw malformed(directive, 'expected no arguments');",
    '',
  ),
  check(
    'rule-directives.ts',
    'directives that nothing explains',
    'if (!isExplained(node.name.value)) throw',
    'if (false) throw',
  ),
  check(
    'rule-directives.ts',
    'rules that composition did not merge',
    'if (isJoinedRule(node as ConstDirectiveNode, ruleNames)) {',
    'if (false) {',
  ),
  check(
    'rule-directives.ts',
    'rules of arguments in several subgraphs',
    'if (!definition.repeatable) {',
    'if (false) {',
  ),
  check('rule-directives.ts', 'renamed imports', 'directiveName(link, name), ', 'name, '),
  check('rule-directives.ts', "the federation's own prefix", '|| identity === FEDERATION', ''),
  check(
    'declared-rules.ts',
    'rules for fields on arguments',
    'if (misplaced) throw misplacedRule(misplaced);\n  return { rules',
    'return { rules',
  ),
  check(
    'declared-rules.ts',
    'rules for arguments on fields',
    'if (misplaced) throw misplacedRule(misplaced);\n  return (uses',
    'return (uses',
  ),
  check(
    'declared-rules.ts',
    'rules on unions and inputs',
    "if (type.kind === 'union' || type.kind === 'input') refuseRules(node, directives);\n  else ",
    '',
  ),
  check('declared-rules.ts', 'rules on enum values', '} else refuseRules(member, directives);', '}'),
  check('declared-rules.ts', 'rules on the schema', '} else refuseRules(definition, directives);', '}'),
  check(
    'rights-index.ts',
    'a supergraph at all',
    'if (query === undefined || !types.has(query)) throw',
    'if (false) throw',
  ),
  // Which rules a place needs.
  check(
    'rights-index.ts',
    'the return type',
    ', ...ofType(declared.type)];\n    const fallback',
    '];\n    const fallback',
  ),
  check(
    'rights-index.ts',
    "implementers' types",
    'flatMap((name) => [...ofType(name), ...field(name, fieldName)])',
    'flatMap((name) => field(name, fieldName))',
  ),
  check(
    'rights-index.ts',
    "implementers' fields",
    'flatMap((name) => [...ofType(name), ...field(name, fieldName)])',
    'flatMap((name) => ofType(name))',
  ),
  check('rights-index.ts', 'undeclared fields', "options.undeclaredFields === 'authenticated' ?", 'false ?'),
  check(
    'rights-index.ts',
    "implementers' arguments",
    '[...input(own), ...inherited, ...below]',
    '[...input(own), ...inherited]',
  ),
  check(
    'rights-index.ts',
    'protected types in arguments',
    '[...declared.rules, ...ofType(declared.type)];\n  }\n\n  return',
    'declared.rules;\n  }\n\n  return',
  ),
  check(
    'rights-index.ts',
    'fields of an @interfaceObject',
    '...rulesThroughInterfaces(type, fieldName, declared), ',
    '',
  ),
  check('rights-index.ts', 'unknown types', 'derived.types.get(type) ?? unknown', 'derived.types.get(type) ?? []'),
  check(
    'rights-index.ts',
    'unknown fields',
    'derived.fields.get(type)?.get(field) ?? unknown',
    'derived.fields.get(type)?.get(field) ?? []',
  ),
  check('rights-index.ts', 'unknown arguments', '?.get(argument) ?? unknown', '?.get(argument) ?? []'),
  check(
    'rights-index.ts',
    'unknown input fields',
    'derived.inputFields.get(type)?.get(field) ?? unknown',
    'derived.inputFields.get(type)?.get(field) ?? []',
  ),
  check('rights-index.ts', 'root types', 'roots.has(typeName) ? type.rules : []', '[]'),
  check(
    'selection-rules.ts',
    'inline fragments',
    'return index.ofType(conditionType(guarded, selection.typeCondition, parent).name);',
    'return [];',
  ),
  check(
    'selection-rules.ts',
    'named fragments',
    'return index.ofType(fragmentOf(guarded, selection.name.value).typeCondition.name.value);',
    'return [];',
  ),
  // What is decided.
  check('decision.ts', 'a decision for each set of rights', "(isMet(rule, rights) ? '1' : '0')", "'1'"),
  check(
    'decision.ts',
    'introspection apart',
    'if (isAllowed && !asksSchema(selection)) return false;',
    'if (isAllowed) return false;',
  ),
  check(
    'touched-rules.ts',
    'rules of arguments in the key',
    'touch(rulesOfArgument(argument, parent, field, guarded.index));',
    '',
  ),
  check('guarded-operation.ts', 'one operation', '|| others.length > 0', ''),
  check(
    'survey-operation.ts',
    'conditions of what is around',
    'both(place.conditions, conditionsOf(selection.directives))',
    'conditionsOf(selection.directives)',
  ),
  check('document-of.ts', 'variables of what was removed', '    variables.has(variable.name.value),', '    true,'),
  check(
    'guarded-operation.ts',
    'a key that the client does not use',
    'candidates.find((key) => !used.has(key))!',
    'candidates[0]!',
  ),
  // What one request is told.
  check(
    'judge-request.ts',
    'mutations refused whole',
    'operation.operation === OperationTypeNode.MUTATION && denied.length > 0',
    'false',
  ),
  check(
    'judge-request.ts',
    'forbidden arguments',
    'if (forbidden.length > 0 || isRefusedMutation) {',
    'if (isRefusedMutation) {',
  ),
  check('judge-request.ts', 'what is not included', '.filter((selection) => isIncluded(selection, variables))', ''),
  check('judge-request.ts', 'arguments not included', 'if (!areIncluded(use.conditions, variables)) continue;', ''),
  check(
    'conditions.ts',
    'conditions without a boolean',
    'variables.valueOf(variable) !== !value',
    'variables.valueOf(variable) === value',
  ),
  check('forbidden-input.ts', 'the argument itself', 'if (unmet.length > 0) found.push({ coordinate, unmet });', ''),
  check('forbidden-input.ts', 'input fields of literals', 'readField(nullable.name, name.value);', ''),
  check('forbidden-input.ts', 'input fields of variables', 'readField(nullable.name, name);', ''),
  check('forbidden-input.ts', "variables' defaults", 'else if (literal !== undefined) readLiteral(literal, type);', ''),
  check(
    'forbidden-input.ts',
    'lists of one in literals',
    'value.kind === Kind.LIST ? value.values : [value]',
    'value.kind === Kind.LIST ? value.values : []',
  ),
  check(
    'forbidden-input.ts',
    'lists of one in variables',
    'Array.isArray(value) ? value : [value]',
    'Array.isArray(value) ? value : []',
  ),
  check(
    'sent-variables.ts',
    'own variables only',
    'sent: (name) => (Object.hasOwn(variables, name) ?',
    'sent: (name) => (name in variables ?',
  ),
  // What the answer looks like.
  check(
    'collect-fields.ts',
    'null also beside an allowed selection',
    'field.isRemoved ||= isRemoved;',
    'field.isRemoved &&= isRemoved;',
  ),
  check(
    'collect-fields.ts',
    'what stands in a removed fragment',
    'isWithinRemoved || removed.has(selection)',
    'removed.has(selection)',
  ),
  check(
    'collect-fields.ts',
    'types that a fragment applies to',
    'if (applies(guarded, body.type.name, type)) collect',
    'collect',
  ),
  check('shape-data.ts', 'null propagation', 'if (value === null && field.isRequired) return null;', ''),
  check(
    'shape-data.ts',
    'null propagation in lists',
    'isNonNullType(nullable.ofType) && items.includes(null) ? null : items',
    'items',
  ),
  check(
    'shape-data.ts',
    'objects of unknown types',
    'if (type === null) return null;',
    'if (type === null) return source;',
  ),
  check(
    'shape-data.ts',
    'own keys only',
    'Object.hasOwn(source, key) ? (source[key] ?? null) : null',
    'source[key] ?? null',
  ),
  check(
    'shape-data.ts',
    'objects without prototype',
    'const shaped: Data = Object.create(null);',
    'const shaped: Data = {};',
  ),
  check('shape-answer.ts', 'the hidden key in errors', 'error.path?.at(-1) === typenameKey', 'false'),
  // What introspection and messages show.
  check('visible-parts.ts', 'rules of fields', 'areMet(index.ofField(type.name, field.name)) &&\n', ''),
  check('visible-parts.ts', 'types of fields', '      isShown(getNamedType(field.type)) &&\n', ''),
  check(
    'visible-parts.ts',
    'required arguments',
    '!isRequiredArgument(argument) || parts.hasArgument(type, field, argument)',
    'true',
  ),
  check(
    'visible-parts.ts',
    'rules of arguments',
    'hasInput(index.ofArgument(type.name, field.name, name), inputType)',
    'true',
  ),
  check(
    'visible-parts.ts',
    'rules of input fields',
    'hasInput(index.ofInputField(type.name, field.name), field.type)',
    'true',
  ),
  check('visible-parts.ts', 'rules of types', 'if (!areMet(index.ofType(type.name))) return false;', ''),
  check(
    'visible-parts.ts',
    'input types that cannot be filled',
    '!isRequiredInputField(field) || usable.includes(field)',
    'true',
  ),
  check(
    'reachable-types.ts',
    'interfaces that nothing returns',
    'for (const type of implemented) reachFrom(type);',
    'for (const type of implemented) { reachFrom(type); implementations(type); }',
  ),
  check('validate-document.ts', 'suggestions', 'hideSuggestions: true', 'hideSuggestions: false'),
  // Who the caller is.
  check(
    'caller-rights.ts',
    'scope claims that are no strings',
    "typeof claim === 'string' ? claim.split(' ')",
    "claim ? String(claim).split(' ')",
  ),
  check('caller-rights.ts', 'policies that answer anything but true', '=== true ? [name]', '? [name]'),
  check(
    'caller-rights.ts',
    'policies that throw',
    'onFailed(name, error);\n        return [];',
    'onFailed(name, error);\n        return [name];',
  ),
];
