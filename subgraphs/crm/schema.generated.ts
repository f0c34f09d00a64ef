import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { CustomerKey, Contact as ContactModel, Deal as DealModel, Activity as ActivityModel, Ticket as TicketModel } from './model.ts';
import type { Context } from './context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** ISO 4217 currency code, e.g. `PLN`. */
  CurrencyCode: { input: string; output: string; }
  /** A calendar day, `YYYY-MM-DD`. */
  Date: { input: string; output: string; }
  /** An instant in UTC, ISO 8601 with `Z`, e.g. `2026-11-02T09:00:00.000Z`. */
  DateTime: { input: string; output: string; }
  /** An exact decimal number as a string, e.g. `"1234.50"`. Never a float. */
  Decimal: { input: string; output: string; }
  /** An e-mail address, compared lower-cased, trimmed, NFC, with its domain as punycode. Plus-tags and dots are kept. */
  EmailAddress: { input: string; output: string; }
  /** A telephone number in E.164, e.g. `+48600100200`. National spellings are accepted as input (Poland by default). */
  PhoneNumber: { input: string; output: string; }
  _FieldSet: { input: string; output: string; }
};

/** Something that was done, said or is to be done with a customer. Its text may hold anything: personal data. */
export type Activity = {
  __typename?: 'Activity';
  /** When it happened or is due. */
  at: Maybe<Scalars['DateTime']['output']>;
  /** Text, with markup removed. */
  body: Maybe<Scalars['String']['output']>;
  /** The activity's reference, e.g. `hubspot:note:31`. */
  id: Scalars['ID']['output'];
  /** Who did it or is to do it. */
  owner: Maybe<Employee>;
  /** Where it comes from. */
  source: SourceRef;
  /** The status as the CRM names it (tasks, calls, meetings). */
  statusRaw: Maybe<Scalars['String']['output']>;
  /** Subject or title. */
  subject: Maybe<Scalars['String']['output']>;
  /** Which kind. */
  type: ActivityType;
};

/** A page of activities. */
export type ActivityConnection = {
  __typename?: 'ActivityConnection';
  /** The activities with their cursors. */
  edges: Array<ActivityEdge>;
  /** The activities alone. */
  nodes: Array<Activity>;
  /** Where this page ends and whether there is more. */
  pageInfo: PageInfo;
  /** How many there are in all, where the CRM tells. */
  totalCount: Maybe<Scalars['Int']['output']>;
};

/** One activity in a list. */
export type ActivityEdge = {
  __typename?: 'ActivityEdge';
  /** Pass as `after` to go on behind it. */
  cursor: Scalars['String']['output'];
  /** The activity. */
  node: Activity;
};

/** What kind of activity. */
export type ActivityType =
  /** A telephone call. */
  | 'CALL'
  /** An e-mail. */
  | 'EMAIL'
  /** A meeting. */
  | 'MEETING'
  /** A written note. */
  | 'NOTE'
  /** A task to be done. */
  | 'TASK';

/** A consent given or refused (GDPR art. 7). */
export type Consent = {
  __typename?: 'Consent';
  /** When it was given or refused, where the CRM keeps that. */
  at: Maybe<Scalars['DateTime']['output']>;
  /** Which way. */
  channel: ConsentChannel;
  /** Whether it stands. */
  granted: Scalars['Boolean']['output'];
  /** What for. */
  purpose: ConsentPurpose;
  /** Where it is recorded. */
  source: SourceRef;
};

/** By which way a consent lets us write. */
export type ConsentChannel =
  /** E-mail. */
  | 'EMAIL'
  /** Any other way. */
  | 'OTHER'
  /** Telephone. */
  | 'PHONE'
  /** Text message. */
  | 'SMS';

/** What a consent is for. */
export type ConsentPurpose =
  /** Advertising. */
  | 'MARKETING'
  /** Any other purpose. */
  | 'OTHER'
  /** Profiling, scoring. */
  | 'PROFILING';

/** A person at a company. */
export type Contact = {
  __typename?: 'Contact';
  /** The customer this contact belongs to. */
  customer: Maybe<Customer>;
  /** E-mail address. */
  email: Maybe<Scalars['EmailAddress']['output']>;
  /** First name. */
  firstName: Maybe<Scalars['String']['output']>;
  /** The contact's reference, e.g. `hubspot:contact:501`. */
  id: Scalars['ID']['output'];
  /** What they do there. */
  jobTitle: Maybe<Scalars['String']['output']>;
  /** Surname. */
  lastName: Maybe<Scalars['String']['output']>;
  /** Telephone number. */
  phone: Maybe<Scalars['PhoneNumber']['output']>;
  /** Where it comes from. */
  source: SourceRef;
};

/** A page of contacts. */
export type ContactConnection = {
  __typename?: 'ContactConnection';
  /** The contacts with their cursors. */
  edges: Array<ContactEdge>;
  /** The contacts alone. */
  nodes: Array<Contact>;
  /** Where this page ends and whether there is more. */
  pageInfo: PageInfo;
  /** How many there are in all. */
  totalCount: Maybe<Scalars['Int']['output']>;
};

/** One contact in a list. */
export type ContactEdge = {
  __typename?: 'ContactEdge';
  /** Pass as `after` to go on behind it. */
  cursor: Scalars['String']['output'];
  /** The contact. */
  node: Contact;
};

/**
 * One customer: the set of records, across the systems, that are the same person or the same company.
 * Profile fields come from the strongest record that has them: CRM before accounting before shop.
 */
export type Customer = {
  __typename?: 'Customer';
  /** Notes, calls, e-mails, meetings and tasks, the newest first. */
  activities: Maybe<ActivityConnection>;
  /** A sealed statement of a record about its party; internal. */
  claim: Scalars['ID']['output'];
  /** What the customer agreed to or refused. */
  consents: Maybe<Array<Consent>>;
  /** Persons at a company. */
  contacts: Maybe<ContactConnection>;
  /** Sales opportunities, the newest first. */
  deals: Maybe<DealConnection>;
  /** How far the relationship has come. Null when the CRM does not know this customer. */
  lifecycleStage: Maybe<LifecycleStage>;
  /** The stage's name as the CRM has it. */
  lifecycleStageRaw: Maybe<Scalars['String']['output']>;
  /** Who in our company looks after this customer. */
  owner: Maybe<Employee>;
  /** The sealed references of all records of this customer; internal. */
  records: Scalars['ID']['output'];
  /** Support tickets with claims (reklamacje), the newest first. */
  tickets: Maybe<TicketConnection>;
};


/**
 * One customer: the set of records, across the systems, that are the same person or the same company.
 * Profile fields come from the strongest record that has them: CRM before accounting before shop.
 */
export type CustomerActivitiesArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  types: InputMaybe<Array<ActivityType>>;
};


/**
 * One customer: the set of records, across the systems, that are the same person or the same company.
 * Profile fields come from the strongest record that has them: CRM before accounting before shop.
 */
export type CustomerContactsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * One customer: the set of records, across the systems, that are the same person or the same company.
 * Profile fields come from the strongest record that has them: CRM before accounting before shop.
 */
export type CustomerDealsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * One customer: the set of records, across the systems, that are the same person or the same company.
 * Profile fields come from the strongest record that has them: CRM before accounting before shop.
 */
export type CustomerTicketsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  open: InputMaybe<Scalars['Boolean']['input']>;
};

/** A sales opportunity. */
export type Deal = {
  __typename?: 'Deal';
  /** Expected or agreed value. */
  amount: Maybe<Money>;
  /** When it was or is expected to be closed. */
  closesAt: Maybe<Scalars['DateTime']['output']>;
  /** When it was opened. */
  createdAt: Maybe<Scalars['DateTime']['output']>;
  /** The customer it is about. */
  customer: Maybe<Customer>;
  /** The deal's reference, e.g. `hubspot:deal:5`. */
  id: Scalars['ID']['output'];
  /** Its name. */
  name: Maybe<Scalars['String']['output']>;
  /** Who works on it. */
  owner: Maybe<Employee>;
  /** The pipeline as the CRM names it. */
  pipelineRaw: Maybe<Scalars['String']['output']>;
  /** Where it comes from. */
  source: SourceRef;
  /** The stage as the CRM names it. */
  stageRaw: Maybe<Scalars['String']['output']>;
  /** Open, won or lost. */
  status: DealStatus;
};

/** A page of deals. */
export type DealConnection = {
  __typename?: 'DealConnection';
  /** The deals with their cursors. */
  edges: Array<DealEdge>;
  /** The deals alone. */
  nodes: Array<Deal>;
  /** Where this page ends and whether there is more. */
  pageInfo: PageInfo;
  /** How many there are in all. */
  totalCount: Maybe<Scalars['Int']['output']>;
};

/** One deal in a list. */
export type DealEdge = {
  __typename?: 'DealEdge';
  /** Pass as `after` to go on behind it. */
  cursor: Scalars['String']['output'];
  /** The deal. */
  node: Deal;
};

/** Where a deal stands. */
export type DealStatus =
  /** Lost. */
  | 'LOST'
  /** Still open. */
  | 'OPEN'
  /** The CRM does not tell. */
  | 'OTHER'
  /** Won. */
  | 'WON';

/** One of our own people. */
export type Employee = {
  __typename?: 'Employee';
  /** Work e-mail address. */
  email: Maybe<Scalars['EmailAddress']['output']>;
  /** The reference of the CRM's user. */
  id: Scalars['ID']['output'];
  /** First name and surname. */
  name: Maybe<Scalars['String']['output']>;
};

/** How far a relationship has come. */
export type LifecycleStage =
  /** Bought. */
  | 'CUSTOMER'
  /** Recommends us. */
  | 'EVANGELIST'
  /** Showed interest. */
  | 'LEAD'
  /** A lead marketing holds ready. */
  | 'MARKETING_QUALIFIED'
  /** Has an open deal. */
  | 'OPPORTUNITY'
  /** Any stage of the CRM's own; see `lifecycleStageRaw`. */
  | 'OTHER'
  /** A lead sales works on. */
  | 'SALES_QUALIFIED'
  /** Reads our news. */
  | 'SUBSCRIBER';

/** An amount with its currency. */
export type Money = {
  __typename?: 'Money';
  /** The amount in major units, exact. */
  amount: Scalars['Decimal']['output'];
  /** The currency. */
  currency: Scalars['CurrencyCode']['output'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /**
   * Writes a note on a customer in the CRM, once for each key: asked again with the same key, customer and text it answers the
   * same note; with other ones, or while the first call is still under way, the error CONFLICT.
   */
  addCustomerNote: Maybe<Activity>;
};


export type MutationAddCustomerNoteArgs = {
  customerId: Scalars['ID']['input'];
  idempotencyKey: Scalars['String']['input'];
  text: Scalars['String']['input'];
};

/** Relay's page information. Lists go forward only. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** The last cursor of this page; pass it as `after`. */
  endCursor: Maybe<Scalars['String']['output']>;
  /** Whether there is more behind `endCursor`. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether there is more before `startCursor`, where known. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The first cursor of this page. */
  startCursor: Maybe<Scalars['String']['output']>;
};

export type Query = {
  __typename?: 'Query';
  /** One deal by its id (`hubspot:deal:5`). Null when there is none. */
  deal: Maybe<Deal>;
  /** One ticket by its id (`hubspot:ticket:9`). Null when there is none. */
  ticket: Maybe<Ticket>;
};


export type QueryDealArgs = {
  id: Scalars['ID']['input'];
};


export type QueryTicketArgs = {
  id: Scalars['ID']['input'];
};

/** Where a value comes from and how old it is. */
export type SourceRef = {
  __typename?: 'SourceRef';
  /** When the vendor answered with this record. */
  fetchedAt: Scalars['DateTime']['output'];
  /** The record's id in its own system. */
  remoteId: Scalars['ID']['output'];
  /** The source's name in the configuration, e.g. `woo`. */
  source: Scalars['String']['output'];
  /** When the vendor says the record changed last. */
  sourceUpdatedAt: Maybe<Scalars['DateTime']['output']>;
  /** True when the record is older than it should be because the source can't be asked. */
  stale: Scalars['Boolean']['output'];
  /** CRM, shop or accounting. */
  system: SourceSystem;
  /** Where a person opens the record in its own system, where the vendor has such a page. */
  url: Maybe<Scalars['String']['output']>;
  /** The vendor, e.g. `woocommerce`. */
  vendor: Scalars['String']['output'];
};

/** Which of the company's systems a record stands in. */
export type SourceSystem =
  /** The accounting. */
  | 'ACCOUNTING'
  /** Customer relations. */
  | 'CRM'
  /** The shop. */
  | 'SHOP';

/** A support ticket or a claim. */
export type Ticket = {
  __typename?: 'Ticket';
  /** What the customer wrote, with markup removed. */
  body: Maybe<Scalars['String']['output']>;
  /** When it was closed. */
  closedAt: Maybe<Scalars['DateTime']['output']>;
  /** When it was opened. */
  createdAt: Maybe<Scalars['DateTime']['output']>;
  /** Whose ticket it is. */
  customer: Maybe<Customer>;
  /** The ticket's reference, e.g. `hubspot:ticket:9`. */
  id: Scalars['ID']['output'];
  /** Claim, return, request, ... */
  kind: TicketKind;
  /** The category as the CRM names it. */
  kindRaw: Maybe<Scalars['String']['output']>;
  /** The number of the order it is about, where the ticket holds one. */
  orderNumber: Maybe<Scalars['String']['output']>;
  /** Who works on it. */
  owner: Maybe<Employee>;
  /** How urgent it is. */
  priority: Maybe<TicketPriority>;
  /** Where it comes from. */
  source: SourceRef;
  /** Where it stands. */
  status: TicketStatus;
  /** The stage as the CRM names it. */
  statusRaw: Maybe<Scalars['String']['output']>;
  /** Subject. */
  subject: Maybe<Scalars['String']['output']>;
};

/** A page of tickets. */
export type TicketConnection = {
  __typename?: 'TicketConnection';
  /** The tickets with their cursors. */
  edges: Array<TicketEdge>;
  /** The tickets alone. */
  nodes: Array<Ticket>;
  /** Where this page ends and whether there is more. */
  pageInfo: PageInfo;
  /** How many there are in all. */
  totalCount: Maybe<Scalars['Int']['output']>;
};

/** One ticket in a list. */
export type TicketEdge = {
  __typename?: 'TicketEdge';
  /** Pass as `after` to go on behind it. */
  cursor: Scalars['String']['output'];
  /** The ticket. */
  node: Ticket;
};

/** What a ticket is about. */
export type TicketKind =
  /** A complaint about an invoice or a payment. */
  | 'BILLING'
  /** A claim (reklamacja): goods or service not as agreed; legal deadlines run. */
  | 'CLAIM'
  /** Anything else; see `kindRaw`. */
  | 'OTHER'
  /** A question or a request. */
  | 'REQUEST'
  /** Goods are to be sent back. */
  | 'RETURN';

/** How urgent a ticket is. */
export type TicketPriority =
  /** High. */
  | 'HIGH'
  /** Low. */
  | 'LOW'
  /** Medium. */
  | 'MEDIUM'
  /** Urgent. */
  | 'URGENT';

/** Where a ticket stands. */
export type TicketStatus =
  /** Done. */
  | 'CLOSED'
  /** Nobody has looked at it. */
  | 'NEW'
  /** Any other stage; see `statusRaw`. */
  | 'OTHER'
  /** Waits for the customer. */
  | 'WAITING_ON_CUSTOMER'
  /** Waits for us. */
  | 'WAITING_ON_US';



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Activity: Activity;
  Contact: Contact;
  Customer: Customer;
  Deal: Deal;
  Employee: Employee;
  Ticket: Ticket;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Activity:
    ( { __typename: 'Activity' }
    & GraphQLRecursivePick<FederationTypes['Activity'], {"id":true}> );
  Contact:
    ( { __typename: 'Contact' }
    & GraphQLRecursivePick<FederationTypes['Contact'], {"id":true}> );
  Customer:
    ( { __typename: 'Customer' }
    & GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
    & ( Record<PropertyKey, never>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}> ) );
  Deal:
    ( { __typename: 'Deal' }
    & GraphQLRecursivePick<FederationTypes['Deal'], {"id":true}> );
  Employee:
    ( { __typename: 'Employee' }
    & GraphQLRecursivePick<FederationTypes['Employee'], {"id":true}> );
  Ticket:
    ( { __typename: 'Ticket' }
    & GraphQLRecursivePick<FederationTypes['Ticket'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Activity: ResolverTypeWrapper<ActivityModel>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  ActivityConnection: ResolverTypeWrapper<Omit<ActivityConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['ActivityEdge']>, nodes: Array<ResolversTypes['Activity']> }>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ActivityEdge: ResolverTypeWrapper<Omit<ActivityEdge, 'node'> & { node: ResolversTypes['Activity'] }>;
  ActivityType: ActivityType;
  Consent: ResolverTypeWrapper<Consent>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  ConsentChannel: ConsentChannel;
  ConsentPurpose: ConsentPurpose;
  Contact: ResolverTypeWrapper<ContactModel>;
  ContactConnection: ResolverTypeWrapper<Omit<ContactConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['ContactEdge']>, nodes: Array<ResolversTypes['Contact']> }>;
  ContactEdge: ResolverTypeWrapper<Omit<ContactEdge, 'node'> & { node: ResolversTypes['Contact'] }>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  Customer: ResolverTypeWrapper<CustomerKey>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Deal: ResolverTypeWrapper<DealModel>;
  DealConnection: ResolverTypeWrapper<Omit<DealConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['DealEdge']>, nodes: Array<ResolversTypes['Deal']> }>;
  DealEdge: ResolverTypeWrapper<Omit<DealEdge, 'node'> & { node: ResolversTypes['Deal'] }>;
  DealStatus: DealStatus;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  EmailAddress: ResolverTypeWrapper<Scalars['EmailAddress']['output']>;
  Employee: ResolverTypeWrapper<Employee>;
  LifecycleStage: LifecycleStage;
  Money: ResolverTypeWrapper<Money>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PhoneNumber: ResolverTypeWrapper<Scalars['PhoneNumber']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SourceRef: ResolverTypeWrapper<SourceRef>;
  SourceSystem: SourceSystem;
  Ticket: ResolverTypeWrapper<TicketModel>;
  TicketConnection: ResolverTypeWrapper<Omit<TicketConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['TicketEdge']>, nodes: Array<ResolversTypes['Ticket']> }>;
  TicketEdge: ResolverTypeWrapper<Omit<TicketEdge, 'node'> & { node: ResolversTypes['Ticket'] }>;
  TicketKind: TicketKind;
  TicketPriority: TicketPriority;
  TicketStatus: TicketStatus;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Activity: ActivityModel;
  String: Scalars['String']['output'];
  ID: Scalars['ID']['output'];
  ActivityConnection: Omit<ActivityConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['ActivityEdge']>, nodes: Array<ResolversParentTypes['Activity']> };
  Int: Scalars['Int']['output'];
  ActivityEdge: Omit<ActivityEdge, 'node'> & { node: ResolversParentTypes['Activity'] };
  Consent: Consent;
  Boolean: Scalars['Boolean']['output'];
  Contact: ContactModel;
  ContactConnection: Omit<ContactConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['ContactEdge']>, nodes: Array<ResolversParentTypes['Contact']> };
  ContactEdge: Omit<ContactEdge, 'node'> & { node: ResolversParentTypes['Contact'] };
  CurrencyCode: Scalars['CurrencyCode']['output'];
  Customer: CustomerKey;
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  Deal: DealModel;
  DealConnection: Omit<DealConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['DealEdge']>, nodes: Array<ResolversParentTypes['Deal']> };
  DealEdge: Omit<DealEdge, 'node'> & { node: ResolversParentTypes['Deal'] };
  Decimal: Scalars['Decimal']['output'];
  EmailAddress: Scalars['EmailAddress']['output'];
  Employee: Employee | FederationReferenceTypes['Employee'];
  Money: Money;
  Mutation: Record<PropertyKey, never>;
  PageInfo: PageInfo;
  PhoneNumber: Scalars['PhoneNumber']['output'];
  Query: Record<PropertyKey, never>;
  SourceRef: SourceRef;
  Ticket: TicketModel;
  TicketConnection: Omit<TicketConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['TicketEdge']>, nodes: Array<ResolversParentTypes['Ticket']> };
  TicketEdge: Omit<TicketEdge, 'node'> & { node: ResolversParentTypes['Ticket'] };
};

export type ActivityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Activity'] = ResolversParentTypes['Activity'], FederationReferenceType extends FederationReferenceTypes['Activity'] = FederationReferenceTypes['Activity']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Activity']> | FederationReferenceType, FederationReferenceType, ContextType>;
  at?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  body?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['SourceRef'], ParentType, ContextType>;
  statusRaw?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  subject?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['ActivityType'], ParentType, ContextType>;
};

export type ActivityConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ActivityConnection'] = ResolversParentTypes['ActivityConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ActivityEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Activity']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ActivityEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ActivityEdge'] = ResolversParentTypes['ActivityEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Activity'], ParentType, ContextType>;
};

export type ConsentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Consent'] = ResolversParentTypes['Consent']> = {
  at?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  channel?: Resolver<ResolversTypes['ConsentChannel'], ParentType, ContextType>;
  granted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['ConsentPurpose'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['SourceRef'], ParentType, ContextType>;
};

export type ContactResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Contact'] = ResolversParentTypes['Contact'], FederationReferenceType extends FederationReferenceTypes['Contact'] = FederationReferenceTypes['Contact']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Contact']> | FederationReferenceType, FederationReferenceType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['EmailAddress']>, ParentType, ContextType>;
  firstName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  jobTitle?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lastName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['PhoneNumber']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['SourceRef'], ParentType, ContextType>;
};

export type ContactConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ContactConnection'] = ResolversParentTypes['ContactConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ContactEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Contact']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ContactEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ContactEdge'] = ResolversParentTypes['ContactEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Contact'], ParentType, ContextType>;
};

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export type CustomerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer'], FederationReferenceType extends FederationReferenceTypes['Customer'] = FederationReferenceTypes['Customer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Customer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  activities?: Resolver<Maybe<ResolversTypes['ActivityConnection']>, ParentType, ContextType, RequireFields<CustomerActivitiesArgs, 'first'>>;
  claim?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  consents?: Resolver<Maybe<Array<ResolversTypes['Consent']>>, ParentType, ContextType>;
  contacts?: Resolver<Maybe<ResolversTypes['ContactConnection']>, ParentType, ContextType, RequireFields<CustomerContactsArgs, 'first'>>;
  deals?: Resolver<Maybe<ResolversTypes['DealConnection']>, ParentType, ContextType, RequireFields<CustomerDealsArgs, 'first'>>;
  lifecycleStage?: Resolver<Maybe<ResolversTypes['LifecycleStage']>, ParentType, ContextType>;
  lifecycleStageRaw?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  tickets?: Resolver<Maybe<ResolversTypes['TicketConnection']>, ParentType, ContextType, RequireFields<CustomerTicketsArgs, 'first'>>;
};

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DealResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Deal'] = ResolversParentTypes['Deal'], FederationReferenceType extends FederationReferenceTypes['Deal'] = FederationReferenceTypes['Deal']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Deal']> | FederationReferenceType, FederationReferenceType, ContextType>;
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  closesAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  pipelineRaw?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['SourceRef'], ParentType, ContextType>;
  stageRaw?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['DealStatus'], ParentType, ContextType>;
};

export type DealConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DealConnection'] = ResolversParentTypes['DealConnection']> = {
  edges?: Resolver<Array<ResolversTypes['DealEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Deal']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type DealEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DealEdge'] = ResolversParentTypes['DealEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Deal'], ParentType, ContextType>;
};

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export interface EmailAddressScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['EmailAddress'], any> {
  name: 'EmailAddress';
}

export type EmployeeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Employee'] = ResolversParentTypes['Employee'], FederationReferenceType extends FederationReferenceTypes['Employee'] = FederationReferenceTypes['Employee']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Employee']> | FederationReferenceType, FederationReferenceType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['EmailAddress']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  addCustomerNote?: Resolver<Maybe<ResolversTypes['Activity']>, ParentType, ContextType, RequireFields<MutationAddCustomerNoteArgs, 'customerId' | 'idempotencyKey' | 'text'>>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export interface PhoneNumberScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['PhoneNumber'], any> {
  name: 'PhoneNumber';
}

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  deal?: Resolver<Maybe<ResolversTypes['Deal']>, ParentType, ContextType, RequireFields<QueryDealArgs, 'id'>>;
  ticket?: Resolver<Maybe<ResolversTypes['Ticket']>, ParentType, ContextType, RequireFields<QueryTicketArgs, 'id'>>;
};

export type SourceRefResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SourceRef'] = ResolversParentTypes['SourceRef']> = {
  fetchedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  remoteId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sourceUpdatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  stale?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  system?: Resolver<ResolversTypes['SourceSystem'], ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  vendor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TicketResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Ticket'] = ResolversParentTypes['Ticket'], FederationReferenceType extends FederationReferenceTypes['Ticket'] = FederationReferenceTypes['Ticket']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Ticket']> | FederationReferenceType, FederationReferenceType, ContextType>;
  body?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  closedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['TicketKind'], ParentType, ContextType>;
  kindRaw?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  orderNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  priority?: Resolver<Maybe<ResolversTypes['TicketPriority']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['SourceRef'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['TicketStatus'], ParentType, ContextType>;
  statusRaw?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  subject?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type TicketConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TicketConnection'] = ResolversParentTypes['TicketConnection']> = {
  edges?: Resolver<Array<ResolversTypes['TicketEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Ticket']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type TicketEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TicketEdge'] = ResolversParentTypes['TicketEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Ticket'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Activity?: ActivityResolvers<ContextType>;
  ActivityConnection?: ActivityConnectionResolvers<ContextType>;
  ActivityEdge?: ActivityEdgeResolvers<ContextType>;
  Consent?: ConsentResolvers<ContextType>;
  Contact?: ContactResolvers<ContextType>;
  ContactConnection?: ContactConnectionResolvers<ContextType>;
  ContactEdge?: ContactEdgeResolvers<ContextType>;
  CurrencyCode?: GraphQLScalarType;
  Customer?: CustomerResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Deal?: DealResolvers<ContextType>;
  DealConnection?: DealConnectionResolvers<ContextType>;
  DealEdge?: DealEdgeResolvers<ContextType>;
  Decimal?: GraphQLScalarType;
  EmailAddress?: GraphQLScalarType;
  Employee?: EmployeeResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PhoneNumber?: GraphQLScalarType;
  Query?: QueryResolvers<ContextType>;
  SourceRef?: SourceRefResolvers<ContextType>;
  Ticket?: TicketResolvers<ContextType>;
  TicketConnection?: TicketConnectionResolvers<ContextType>;
  TicketEdge?: TicketEdgeResolvers<ContextType>;
};

