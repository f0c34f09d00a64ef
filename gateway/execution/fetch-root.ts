import { type Data, explain, type Fetch, send } from './fetch.ts';
import { type FetchUnit, noteLost, noteMissing } from './fetch-units.ts';
import { positionsAt } from './positions.ts';
import { subgraphFailure } from './subgraph-error.ts';

/** Asks a subgraph for root fields. Null when it gave none; why, is noted. */
export async function fetchRoot(fetch: Fetch): Promise<Data | null> {
  const { service, spec, context } = fetch;
  try {
    const { data, errors = [] } = await send(fetch, fetch.variables);
    const usable = isObject(data) ? data : null;
    if (usable === null && errors.length === 0) {
      throw subgraphFailure('SUBGRAPH_BAD_RESPONSE', service, 'answered without data and without an error');
    }
    noteMissing({ service, spec, units: [toUnit(fetch, usable)] }, errors, context.unknowns);
    if (usable !== null && spec.path.length === 0) context.roots.push(usable);
    return usable;
  } catch (error) {
    noteLost({ spec, units: [toUnit(fetch, null)] }, explain(fetch, error), context.unknowns);
    return null;
  }
}

/** A mutation's payload may lead back to the query type: then root fields stand deeper in the answer. */
function toUnit({ spec, context }: Fetch, data: Data | null): FetchUnit {
  const places = () => (spec.path.length === 0 ? [[]] : positionsAt(context.roots, spec.path).map(({ path }) => path));
  return { places, from: [], data, typename: null };
}

function isObject(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
