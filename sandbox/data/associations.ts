import type { HubspotAssociations, HubspotObjectType } from './records.ts';

/** By id: one linked id, or several. Most records have one, and a list of one would be most of the memory. */
type Links = Map<number, number | number[]>;

const NONE: readonly number[] = [];

/** HubSpot's associations, each kept from both of its ends. */
export function createAssociations(): HubspotAssociations {
  const pairs = new Map<string, Links>();
  const linksOf = (from: HubspotObjectType, to: HubspotObjectType): Links => {
    const pair = `${from}>${to}`;
    const known = pairs.get(pair);
    if (known !== undefined) return known;
    const made: Links = new Map();
    pairs.set(pair, made);
    return made;
  };
  return {
    of: (from, id, to) => {
      const linked = linksOf(from, to).get(id) ?? NONE;
      return typeof linked === 'number' ? [linked] : linked;
    },
    link: (from, id, to, other) => {
      add(linksOf(from, to), id, other);
      add(linksOf(to, from), other, id);
    },
    unlink: (from, id, to, other) => {
      drop(linksOf(from, to), id, other);
      drop(linksOf(to, from), other, id);
    },
  };
}

function add(links: Links, id: number, other: number): void {
  const linked = links.get(id);
  if (linked === undefined) links.set(id, other);
  else if (typeof linked === 'number') links.set(id, [linked, other]);
  else linked.push(other);
}

/** A new list: somebody may be walking along the old one. */
function drop(links: Links, id: number, other: number): void {
  const linked = links.get(id);
  if (linked === other) links.delete(id);
  else if (typeof linked === 'object') {
    links.set(
      id,
      linked.filter((each) => each !== other),
    );
  }
}
