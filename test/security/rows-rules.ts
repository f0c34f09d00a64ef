import type { RowsWorld } from './rows-fixture.ts';
import type { Subject } from './rows-subjects.ts';

/** A rule that lets the subject be seen, and one like it that does not. */
export interface RulePair {
  kind: string;
  allowing: unknown;
  denying: unknown;
  /** Whether it has a rule on channels, which only orders can fulfil. */
  hasChannels?: boolean;
}

/** Every kind of rule, about this subject. */
export function rulesAbout(world: RowsWorld, subject: Subject): RulePair[] {
  const { references, owners, order } = subject;
  const strangers = strangersTo(world, subject);
  const [stranger = ''] = strangers;
  const many = strangers.slice(0, 60);
  const account = references.find((one) => one.startsWith('woo:customer:')) ?? references[0];
  const ownTeams = new Set(owners.map((owner) => teamOf(world, owner)));
  const people = [...world.dataset.hubspot.owners.values()];
  const otherOwner = people.map(({ id }) => `hubspot:owner:${id}`).find((one) => !owners.includes(one));
  const otherTeam = people.map(({ id }) => teamOf(world, `hubspot:owner:${id}`)).find((one) => !ownTeams.has(one));
  const channel = order?.channel ?? 'web';
  return [
    { kind: 'customers', allowing: { customers: [references[0]] }, denying: { customers: [stranger] } },
    { kind: 'customers by the shop', allowing: { customers: [account, stranger] }, denying: { customers: [stranger] } },
    { kind: 'many customers', allowing: { customers: [...many, account] }, denying: { customers: many } },
    { kind: 'own', allowing: { own: account }, denying: { own: stranger } },
    ...(order ? [{ kind: 'own by an order', allowing: { own: order.id }, denying: { own: stranger } }] : []),
    { kind: 'owner', allowing: { owner: owners }, denying: { owner: otherOwner } },
    { kind: 'team', allowing: { owner: [...ownTeams] }, denying: { owner: otherTeam } },
    {
      kind: 'customers and owner',
      allowing: { customers: [stranger, references[0]], owner: owners },
      denying: { customers: [stranger, references[0]], owner: otherOwner },
    },
    {
      kind: 'owner and customers',
      allowing: { customers: [...many, references[0]], owner: owners },
      denying: { customers: many, owner: owners },
    },
    { kind: 'channels', allowing: { channels: [channel] }, denying: { channels: ['nowhere'] }, hasChannels: true },
    {
      kind: 'customers and channels',
      allowing: { customers: [references[0]], channels: [channel] },
      denying: { customers: [stranger], channels: [channel] },
      hasChannels: true,
    },
    { kind: 'channels and customers', allowing: 'all', denying: { customers: [references[0]], channels: ['nowhere'] } },
    { kind: 'all or none', allowing: 'all', denying: 'none' },
    { kind: 'an empty list', allowing: 'all', denying: { customers: [], own: account } },
    { kind: 'a rule that nobody knows', allowing: 'all', denying: { region: 'north', own: account } },
  ];
}

/** References of other customers, one of each. */
function strangersTo(world: RowsWorld, { references }: Subject): string[] {
  const others = world.dataset
    .truth()
    .customers.filter((one) => !one.references.some((own) => references.includes(own)));
  return others.flatMap((one) => one.references.slice(0, 1));
}

function teamOf({ dataset: { hubspot } }: RowsWorld, owner: string): string {
  const teams = [...new Set([...hubspot.owners.values()].map(({ team }) => team))];
  const person = hubspot.owners.get(Number(owner.split(':')[2]));
  return `hubspot:team:${teams.indexOf(person?.team ?? '') + 1}`;
}
