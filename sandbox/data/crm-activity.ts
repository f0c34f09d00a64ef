import { dayOf, instantOn } from './calendar.ts';
import type { Customer } from './customer.ts';
import type { Dice } from './dice.ts';
import type { Sale } from './orders.ts';
import type { HubspotActivity, HubspotActivityType, HubspotObjectType } from './records.ts';
import type { World } from './world.ts';

/** What sellers do with customers in the CRM: deals, tickets, and notes of every conversation. */
export function makeCrmActivity(world: World, sales: readonly Sale[]): void {
  const dice = world.dice('crm');
  const bought = new Map<Customer, Sale[]>();
  for (const sale of sales) {
    const known = bought.get(sale.buyer.customer);
    if (known === undefined) bought.set(sale.buyer.customer, [sale]);
    else if (known.length < MOST_SALES) known.push(sale);
  }
  for (const customer of world.customers) {
    const scene = sceneOf(world, dice, customer);
    if (scene === null) continue;
    makeDeals(scene);
    makeTickets(scene, bought.get(customer) ?? []);
    makeConversations(scene);
  }
}

/** Of the best customer's thousands of orders the first ones do for tickets. */
const MOST_SALES = 50;

/** One customer of the CRM, and the records that what happens is written to. */
interface Scene {
  world: World;
  dice: Dice;
  companyId: number | null;
  contactIds: readonly number[];
  ownerId: number | null;
  currency: 'PLN' | 'EUR';
  since: number;
}

function sceneOf(world: World, dice: Dice, { companies, contacts }: Customer): Scene | null {
  const main = companies[0] ?? contacts[0];
  if (main === undefined) return null;
  const [company] = companies;
  return {
    world,
    dice,
    companyId: company?.id ?? null,
    contactIds: contacts.map(({ id }) => id),
    ownerId: main.ownerId,
    currency: company?.legalForm === 'FOREIGN' ? 'EUR' : 'PLN',
    since: main.createdAt,
  };
}

const DEAL_NAMES = [
  'Wyposażenie biura',
  'Stała dostawa kawy',
  'Ekspresy w najmie',
  'Przetarg na papier',
  'Odnowienie umowy',
];

function makeDeals(scene: Scene): void {
  const { world, dice, companyId, ownerId } = scene;
  const count =
    companyId === null
      ? dice.weighted([
          [9, 0],
          [1, 1],
        ])
      : dice.weighted([
          [3, 0],
          [4, 1],
          [2, 2],
          [1, 4],
        ]);
  for (let made = 0; made < count; made += 1) {
    const createdAt = someTime(scene);
    const stage = dice.weighted([
      [2, 'appointmentscheduled'],
      [2, 'qualifiedtobuy'],
      [2, 'presentationscheduled'],
      [1, 'decisionmakerboughtin'],
      [1, 'contractsent'],
      [6, 'closedwon'],
      [3, 'closedlost'],
    ]);
    const closeAt = createdAt + dice.int(5, 60) * 86_400_000;
    const isClosed = stage.startsWith('closed');
    const deal = {
      ...base(scene, createdAt),
      name: dice.pick(DEAL_NAMES),
      amountMinor: dice.chance(0.9) ? dice.int(10, 900) * 10_000 : null,
      currency: scene.currency,
      closeAt: isClosed ? Math.min(closeAt, world.asOf) : closeAt,
      pipeline: 'default',
      stage,
      ownerId,
    };
    world.hubspot.deals.set(deal.id, deal);
    attach(scene, 'deals', deal.id);
  }
}

function makeTickets(scene: Scene, sales: readonly Sale[]): void {
  const { world, dice, ownerId } = scene;
  const count =
    sales.length === 0
      ? 0
      : dice.weighted([
          [7, 0],
          [2, 1],
          [1, 2],
        ]);
  for (let made = 0; made < count; made += 1) {
    const { order } = dice.pick(sales);
    const isClaim = dice.chance(0.4);
    const createdAt = Math.min(order.createdAt + dice.int(1, 20) * 86_400_000, world.asOf - 60_000);
    const closedAt = createdAt + dice.int(1, 240) * 3_600_000;
    const isClosed = closedAt <= world.asOf && dice.chance(0.85);
    const ticket = {
      ...base(scene, createdAt),
      subject: isClaim ? `Reklamacja do zamówienia ${order.number}` : dice.pick(QUESTIONS),
      content: isClaim ? 'Towar dotarł uszkodzony, proszę o wymianę.' : null,
      pipeline: '0',
      stage: isClosed ? '4' : dice.pick(['1', '2', '3']),
      category: isClaim ? 'CLAIM' : dice.pick(['BILLING_ISSUE', 'GENERAL_INQUIRY', 'PRODUCT_ISSUE']),
      priority: dice.pick(['LOW', 'MEDIUM', 'HIGH', null] as const),
      closedAt: isClosed ? closedAt : null,
      ownerId,
      orderNumber: isClaim ? order.number : null,
    };
    world.hubspot.tickets.set(ticket.id, ticket);
    attach(scene, 'tickets', ticket.id);
  }
}

const QUESTIONS = [
  'Proszę o duplikat faktury',
  'Kiedy dotrze przesyłka?',
  'Zmiana danych do faktury',
  'Pytanie o ekspres',
];

function makeConversations(scene: Scene): void {
  const { dice } = scene;
  const count = dice.weighted([
    [3, 0],
    [4, 1],
    [3, 2],
    [1, 5],
  ]);
  for (let made = 0; made < count; made += 1) {
    const type = dice.weighted<HubspotActivityType>([
      [4, 'notes'],
      [3, 'calls'],
      [3, 'emails'],
      [1, 'meetings'],
      [2, 'tasks'],
    ]);
    const at = someTime(scene);
    const activity: HubspotActivity = { ...base(scene, at), type, at, ownerId: scene.ownerId, ...WORDS[type](dice) };
    scene.world.hubspot[type].set(activity.id, activity);
    attach(scene, type, activity.id);
  }
}

type Words = Pick<HubspotActivity, 'subject' | 'body' | 'status' | 'direction' | 'durationMs'>;

const SILENT = { subject: null, body: null, status: null, direction: null, durationMs: null } as const;

const WORDS: Readonly<Record<HubspotActivityType, (dice: Dice) => Words>> = {
  notes: (dice) => ({
    ...SILENT,
    body: dice.pick(['<p>Woli płatność z odroczonym terminem.</p>', '<p>Prosi o rabat.</p>']),
  }),
  calls: (dice) => ({
    subject: dice.pick(['Rozmowa o ofercie', 'Przypomnienie o płatności']),
    body: null,
    status: dice.pick(['COMPLETED', 'COMPLETED', 'NO_ANSWER']),
    direction: dice.pick(['INBOUND', 'OUTBOUND']),
    durationMs: dice.int(20, 900) * 1000,
  }),
  emails: (dice) => ({
    ...SILENT,
    subject: dice.pick(['Oferta', 'Potwierdzenie zamówienia', 'Re: faktura']),
    body: 'Dzień dobry,\nprzesyłam w załączeniu.',
    status: 'SENT',
    direction: dice.pick(['INBOUND', 'OUTBOUND']),
  }),
  meetings: (dice) => ({
    ...SILENT,
    subject: 'Prezentacja ekspresów',
    status: dice.pick(['COMPLETED', 'NO_SHOW']),
    durationMs: 3_600_000,
  }),
  tasks: (dice) => ({
    ...SILENT,
    subject: 'Zadzwonić w sprawie oferty',
    status: dice.pick(['NOT_STARTED', 'COMPLETED']),
  }),
};

function base({ world }: Scene, createdAt: number) {
  return { id: world.ids.hubspot(), createdAt, updatedAt: createdAt, archived: false, extra: null };
}

/** In office hours, after the customer came. */
function someTime({ world, dice, since }: Scene): number {
  const day = dice.int(Math.min(dayOf(since) + 1, world.today), world.today);
  return Math.min(instantOn(day, dice.int(8, 16), dice.int(0, 59)), world.asOf - 60_000);
}

/** What happens is written to the company and to one of its people. */
function attach(scene: Scene, type: HubspotObjectType, id: number): void {
  const { world, dice, companyId, contactIds } = scene;
  const { associations } = world.hubspot;
  if (companyId !== null) associations.link(type, id, 'companies', companyId);
  if (contactIds.length > 0) associations.link(type, id, 'contacts', dice.pick(contactIds));
}
