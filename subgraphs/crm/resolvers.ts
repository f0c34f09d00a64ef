import { CodedError } from '../../common/errors.ts';
import { seesRecords } from '../shared/seen-customer.ts';
import { addCustomerNote } from './add-note.ts';
import type { Context } from './context.ts';
import type { CustomerKey, Employee, SourceRef, StageKey } from './model.ts';
import type { CustomerResolvers, Resolvers } from './schema.generated.ts';

export const resolvers: Resolvers = {
  Query: {
    deal: (_root, { id }, context) => context.deals.load(id),
    ticket: (_root, { id }, context) => context.tickets.load(id),
  },
  Mutation: {
    addCustomerNote: (_root, args, context) =>
      whereCrmIs('Mutation.addCustomerNote', context, () => addCustomerNote(args, context)),
  },
  Customer: {
    __resolveReference: async ({ records }, { rows, sealer }) =>
      (await seesRecords(rows, sealer, records)) ? { __typename: 'Customer', records } : null,
    ...ofCrm({
      owner: async (customer, _args, context) => employee((await profile(customer, context)).ownerId, context),
      lifecycleStage: async (customer, _args, context) => (await profile(customer, context)).lifecycleStage,
      lifecycleStageRaw: async (customer, _args, context) => (await profile(customer, context)).lifecycleStageRaw,
      consents: async (customer, _args, context) => (await profile(customer, context)).consents,
      contacts: (customer, args, context) => context.lists.contacts(recordsOf(customer), args),
      deals: (customer, args, context) => context.lists.deals(recordsOf(customer), args),
      activities: (customer, args, context) => context.lists.activities(recordsOf(customer), args),
      tickets: (customer, args, context) => context.lists.tickets(recordsOf(customer), args),
    }),
  },
  Contact: {
    __resolveReference: ({ id }, context) => context.contacts.load(id),
    email: ({ emails }) => emails[0] ?? null,
    phone: ({ phones }) => phones[0] ?? null,
    customer: ({ id }, _args, context) => context.claim(id),
  },
  Deal: {
    __resolveReference: ({ id }, context) => context.deals.load(id),
    stageRaw: (deal, _args, context) => stageName(deal, context),
    pipelineRaw: async (deal, _args, context) => (await context.stageNames(deal)).pipeline,
    owner: ({ ownerId }, _args, context) => employee(ownerId, context),
    customer: ({ id }, _args, context) => customerOf(id, context),
  },
  Activity: {
    __resolveReference: ({ id }, context) => context.activities.load(id),
    owner: ({ ownerId }, _args, context) => employee(ownerId, context),
  },
  Ticket: {
    __resolveReference: ({ id }, context) => context.tickets.load(id),
    statusRaw: (ticket, _args, context) => stageName(ticket, context),
    owner: ({ ownerId }, _args, context) => employee(ownerId, context),
    customer: ({ id }, _args, context) => customerOf(id, context),
  },
  Employee: {
    __resolveReference: ({ id }, context) => context.employees.load(id),
  },
};

function profile(customer: CustomerKey, context: Context) {
  return context.profiles.load(recordsOf(customer));
}

/** Every field of Customer requires `records`; what comes without them was not planned by our gateway. */
function recordsOf(customer: CustomerKey): string {
  if ('records' in customer) return customer.records;
  throw new CodedError('BAD_USER_INPUT', 'Expected the records of a customer');
}

async function stageName(record: { source: SourceRef; stage: StageKey }, context: Context): Promise<string | null> {
  return (await context.stageNames(record)).stage;
}

/** Somebody whom the CRM no longer lists is still an owner, without a name. */
async function employee(id: string | null, context: Context): Promise<Employee | null> {
  if (id === null) return null;
  return (await context.employees.load(id)) ?? { id, name: null, email: null };
}

async function customerOf(reference: string, context: Context): Promise<CustomerKey | null> {
  const ownership = await context.ownership.load(reference);
  if (ownership === 'SEVERAL') {
    throw new CodedError('AMBIGUOUS', 'Several companies or persons are associated with it, none before the others');
  }
  return ownership === null || ownership === 'NOBODY' ? null : context.claim(ownership.party);
}

/** Without a CRM the fields are not null because nobody knows the customer, and they say so. */
function ofCrm(fields: CustomerResolvers): CustomerResolvers {
  const guarded = Object.entries(fields).map(([name, resolve]) => [
    name,
    guard(`Customer.${name}`, resolve as Resolve),
  ]);
  return Object.fromEntries(guarded);
}

// Cast above and here: the fields' own types are checked where they are written; the guard hands arguments on as they are.
type Resolve = (parent: unknown, args: unknown, context: Context, info: unknown) => unknown;

function guard(coordinate: string, resolve: Resolve): Resolve {
  return (parent, args, context, info) => whereCrmIs(coordinate, context, () => resolve(parent, args, context, info));
}

function whereCrmIs<T>(coordinate: string, context: Context, answer: () => T): T | null {
  if (context.hasSources) return answer();
  context.notProvided({ coordinate, source: 'crm', vendor: 'none' });
  return null;
}
