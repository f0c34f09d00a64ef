import type { Party } from '../shared/party.ts';
import { type Cluster, type Conflicts, createConflicts } from './conflicts.ts';
import { type JudgeDeps, type Judgement, type Rejection, type RejectionReason, RULE_NAMES } from './rules.ts';

/** Records that hang together, after the vetoes. */
export interface Joined {
  /** The records of one customer each. */
  clusters: readonly Cluster[];
  links: readonly Judgement[];
  /** Links that a veto removed. */
  removed: readonly Rejection[];
}

/** A link between the clusters that stronger rules have made. */
interface Edge {
  left: Cluster;
  right: Cluster;
  link: Judgement;
}

type Verdict = Edge & { reason: RejectionReason | null };

/**
 * Joins records rule by rule, the strongest first, so that a veto removes the weakest links. Among equal links there is
 * no choosing, that would be a guess: what leads into a conflict goes on all its sides. So no order plays a part.
 */
export function joinRecords(records: readonly Party[], candidates: readonly Judgement[], deps: JudgeDeps): Joined {
  const conflicts = createConflicts(deps);
  let clusters: Cluster[] = records.map((record) => [record]);
  const verdicts: Verdict[] = [];
  for (const rule of RULE_NAMES) {
    const links = candidates.filter((link) => link.rule === rule);
    const edges = toEdges(links, clusters);
    const judged = rule === 'OPERATOR' ? edges.map(toKept) : judgeEdges(edges, conflicts);
    clusters = mergeClusters(
      clusters,
      judged.filter(({ reason }) => reason === null),
    );
    verdicts.push(...judged);
  }
  return {
    clusters,
    links: verdicts.filter(({ reason }) => reason === null).map(({ link }) => link),
    removed: verdicts.flatMap(({ link, reason }) => (reason === null ? [] : [{ ...link, reason }])),
  };
}

function toEdges(links: readonly Judgement[], clusters: readonly Cluster[]): Edge[] {
  const clusterOf = new Map(clusters.flatMap((cluster) => cluster.map(({ reference }) => [reference, cluster])));
  return links.map((link) => ({ left: clusterOf.get(link.from)!, right: clusterOf.get(link.to)!, link }));
}

function toKept(edge: Edge): Verdict {
  return { ...edge, reason: null };
}

function judgeEdges(edges: readonly Edge[], conflicts: Conflicts): Verdict[] {
  // Within a cluster a link only confirms what stronger ones have made.
  const confirming = edges.filter(({ left, right }) => left === right);
  const joining = groupsOf(edges.filter(({ left, right }) => left !== right));
  const once = joining.flatMap((group) => removeGuilty(group, conflicts));
  const kept = groupsOf(once.filter(({ reason }) => reason === null));
  return [
    ...confirming.map(toKept),
    ...once.filter(({ reason }) => reason !== null),
    ...kept.flatMap((group) => removeAllInConflict(group, conflicts)),
  ];
}

/** A link is guilty that leads from a cluster to one that it conflicts with, over others that are in no conflict. */
function removeGuilty(group: readonly Edge[], conflicts: Conflicts): Verdict[] {
  const nodes = clustersIn(group);
  const inConflict = new Set(nodes.filter((node) => nodes.some((other) => isInConflict(node, other, conflicts))));
  return group.map((edge) => {
    const isAtConflict = inConflict.has(edge.left) || inConflict.has(edge.right);
    return { ...edge, reason: isAtConflict ? conflicts.among(around(edge, group, inConflict)) : null };
  });
}

function isInConflict(node: Cluster, other: Cluster, conflicts: Conflicts): boolean {
  return node !== other && conflicts.between(node, other) !== null;
}

/** The clusters that hang on an edge, not looking behind those in a conflict. */
function around({ left, right }: Edge, group: readonly Edge[], inConflict: ReadonlySet<Cluster>): Cluster[] {
  const seen = new Set([left, right]);
  for (const node of seen) {
    if (inConflict.has(node)) continue;
    for (const edge of group) {
      if (edge.left === node) seen.add(edge.right);
      if (edge.right === node) seen.add(edge.left);
    }
  }
  return [...seen];
}

/** What may still meet in a conflict, by a way around, is not joined at all. */
function removeAllInConflict(group: readonly Edge[], conflicts: Conflicts): Verdict[] {
  const reason = conflicts.among(clustersIn(group));
  return group.map((edge) => ({ ...edge, reason }));
}

function clustersIn(edges: readonly Edge[]): Cluster[] {
  return [...new Set(edges.flatMap(({ left, right }) => [left, right]))];
}

/** Edges that hang together. */
function groupsOf<E extends Edge>(edges: readonly E[]): E[][] {
  const merged = mergeClusters(clustersIn(edges), edges);
  const groupOf = new Map(merged.flatMap((cluster) => cluster.map(({ reference }) => [reference, cluster])));
  return [...Map.groupBy(edges, ({ link }) => groupOf.get(link.from)!).values()];
}

function mergeClusters(clusters: readonly Cluster[], edges: readonly Edge[]): Cluster[] {
  const groupOf = new Map(clusters.map((cluster) => [cluster, new Set([cluster])]));
  for (const { left, right } of edges) {
    const [into, from] = [groupOf.get(left)!, groupOf.get(right)!];
    if (into === from) continue;
    for (const cluster of from) groupOf.set(cluster, into.add(cluster));
  }
  return [...new Set(groupOf.values())].map((group) => (group.size === 1 ? [...group][0]! : [...group].flat()));
}
