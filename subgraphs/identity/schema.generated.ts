import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { IdentifiedCustomer } from './model.ts';
import type { Judgement, Rejection } from './rules.ts';
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
  /** ISO 3166-1 alpha-2 country code, e.g. `PL`. Greece is `GR` (its VAT prefix is `EL`). */
  CountryCode: { input: string; output: string; }
  /** An instant in UTC, ISO 8601 with `Z`, e.g. `2026-11-02T09:00:00.000Z`. */
  DateTime: { input: string; output: string; }
  /** An e-mail address, compared lower-cased, trimmed, NFC, with its domain as punycode. Plus-tags and dots are kept. */
  EmailAddress: { input: string; output: string; }
  /** A telephone number in E.164, e.g. `+48600100200`. National spellings are accepted as input (Poland by default). */
  PhoneNumber: { input: string; output: string; }
  _FieldSet: { input: string; output: string; }
};

/** A postal address. */
export type Address = {
  __typename?: 'Address';
  /** Town. */
  city: Maybe<Scalars['String']['output']>;
  /** Country. */
  country: Maybe<Scalars['CountryCode']['output']>;
  /** Addressee: a person or a company. */
  name: Maybe<Scalars['String']['output']>;
  /** Postal code. */
  postalCode: Maybe<Scalars['String']['output']>;
  /** Region, province or state. */
  region: Maybe<Scalars['String']['output']>;
  /** Street, house number, flat. */
  street: Maybe<Scalars['String']['output']>;
};

/** Whether calls to a source are let through. */
export type CircuitState =
  /** They are. */
  | 'CLOSED'
  /** One is let through, to find out. */
  | 'HALF_OPEN'
  /** They fail at once, because the ones before failed. */
  | 'OPEN';

/**
 * One customer: the set of records, across the systems, that are the same person or the same company.
 * Profile fields come from the strongest record that has them: CRM before accounting before shop.
 */
export type Customer = {
  __typename?: 'Customer';
  /** Postal addresses of all records, without repeats. */
  addresses: Maybe<Array<Address>>;
  /** A sealed statement of a record about its party; internal. */
  claim: Scalars['ID']['output'];
  /** How to address the customer: a company's name, or a person's first name and surname. */
  displayName: Maybe<Scalars['String']['output']>;
  /** The first e-mail address. */
  email: Maybe<Scalars['EmailAddress']['output']>;
  /** The first e-mail address, masked: `a***@firma.pl`. */
  emailMasked: Maybe<Scalars['String']['output']>;
  /** All e-mail addresses of all records, the strongest first. */
  emails: Maybe<Array<Scalars['EmailAddress']['output']>>;
  /** A person's first name. */
  firstName: Maybe<Scalars['String']['output']>;
  /** The reference of the customer's strongest record. Every reference and identifier of the same customer leads to the same id. */
  id: Scalars['ID']['output'];
  /** The records this customer is made of, and why. Null (with an error) when identity could not be worked out. */
  identity: Maybe<CustomerIdentity>;
  /** A person's initials (`A. N.`), for those who may not see names. */
  initials: Maybe<Scalars['String']['output']>;
  /** Person, company or sole trader. */
  kind: Maybe<CustomerKind>;
  /** A person's surname. */
  lastName: Maybe<Scalars['String']['output']>;
  /** A company's registered name, as the systems have it. */
  legalName: Maybe<Scalars['String']['output']>;
  /** The first telephone number. */
  phone: Maybe<Scalars['PhoneNumber']['output']>;
  /** The first telephone number, masked: its last three digits. */
  phoneMasked: Maybe<Scalars['String']['output']>;
  /** All telephone numbers of all records, the strongest first. */
  phones: Maybe<Array<Scalars['PhoneNumber']['output']>>;
  /** The sealed references of all records of this customer; internal. */
  records: Scalars['ID']['output'];
  /** The records of this customer, the strongest first: system, reference, link, freshness. */
  sources: Maybe<Array<CustomerSource>>;
  /** The first tax id, masked: its last three characters. */
  taxIdMasked: Maybe<Scalars['String']['output']>;
  /** Tax ids of all records, without repeats, valid ones first. */
  taxIdentifiers: Maybe<Array<TaxIdentifier>>;
};

/** A page of customers. */
export type CustomerConnection = {
  __typename?: 'CustomerConnection';
  /** The customers with their cursors. */
  edges: Array<CustomerEdge>;
  /** The customers alone. */
  nodes: Array<Customer>;
  /** Where this page ends and whether there is more. */
  pageInfo: PageInfo;
  /** Null: three systems that overlap can't be counted without reading all of them. */
  totalCount: Maybe<Scalars['Int']['output']>;
};

/** One customer in a list. */
export type CustomerEdge = {
  __typename?: 'CustomerEdge';
  /** Pass as `after` to go on behind this customer. */
  cursor: Scalars['String']['output'];
  /** The customer. */
  node: Customer;
};

/** Why these records are one customer. */
export type CustomerIdentity = {
  __typename?: 'CustomerIdentity';
  /** References under which this customer was known before, e.g. merged contacts. */
  aliases: Array<Scalars['ID']['output']>;
  /** True when a source could not be asked, so records may be missing. Nothing of such an answer is cached. */
  incomplete: Scalars['Boolean']['output'];
  /** The links that join the records, each explained. */
  links: Array<IdentityLink>;
  /** Records that look related and were kept apart, with the reason. */
  rejected: Maybe<Array<IdentityRejection>>;
  /** The sources that could not be asked. */
  unavailable: Array<UnavailableSource>;
};

/** What kind of party a customer is. */
export type CustomerKind =
  /** A company or another legal entity. */
  | 'COMPANY'
  /** A natural person, a consumer. */
  | 'PERSON'
  /** A person's own business (JDG in Poland): its name and tax id are personal data. */
  | 'SOLE_TRADER'
  /** The systems do not tell. */
  | 'UNKNOWN';

/** One record of a customer in one system. */
export type CustomerSource = {
  __typename?: 'CustomerSource';
  /** When the vendor answered with this record. */
  fetchedAt: Scalars['DateTime']['output'];
  /** The record's reference, e.g. `woo:customer:12`. */
  reference: Scalars['ID']['output'];
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

/** One link between two records, with what it rests on. */
export type IdentityLink = {
  __typename?: 'IdentityLink';
  /** 0 to 1: how often such a link is right, as a fixed value of the rule. */
  confidence: Scalars['Float']['output'];
  /** What was equal, masked (`a***@firma.pl`, `***767`), or the external id. */
  evidence: Scalars['String']['output'];
  /** One record's reference. */
  from: Scalars['ID']['output'];
  /** The rule that made the link. */
  rule: IdentityRule;
  /** The other record's reference. */
  to: Scalars['ID']['output'];
};

/** Two records that share something and were not linked. */
export type IdentityRejection = {
  __typename?: 'IdentityRejection';
  /** One record's reference. */
  from: Scalars['ID']['output'];
  /** Why not: `DIFFERENT_TAX_IDS`, `PERSON_AND_COMPANY`, `SHARED_MAILBOX`, `OPERATOR_FORBIDS`, … */
  reason: Scalars['String']['output'];
  /** The rule that would have linked them. */
  rule: IdentityRule;
  /** The other record's reference. */
  to: Scalars['ID']['output'];
};

/** A rule that joins two records. */
export type IdentityRule =
  /** The CRM says that this contact belongs to this one company. */
  | 'CRM_ASSOCIATION'
  /** Equal e-mail address that only this customer uses. */
  | 'EMAIL'
  /** One record holds the other's id. */
  | 'EXTERNAL_ID'
  /** The operator's links file forces this link. */
  | 'OPERATOR'
  /** Equal telephone number, first name and surname. */
  | 'PHONE_AND_NAME'
  /** Equal valid tax id and the same internal unit. */
  | 'TAX_ID';

export type Mutation = {
  __typename?: 'Mutation';
  /**
   * Reads one customer anew from every system, whatever is cached: its records, orders, invoices and payments ("I have just
   * paid"). Answers the customer as it is now, null when there is none. It costs calls to the systems, so it costs budget.
   */
  refreshCustomer: Maybe<Customer>;
};


export type MutationRefreshCustomerArgs = {
  id: Scalars['ID']['input'];
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
  /**
   * One customer by its id, or by the reference of any record that belongs to it: `hubspot:contact:501`,
   * `woo:customer:12`, `fakturownia:client:77`, also an order's or an invoice's. Null when there is none.
   */
  customer: Maybe<Customer>;
  /** One customer by an e-mail address it owns. Null when unknown; null with the error AMBIGUOUS when several customers share it. */
  customerByEmail: Maybe<Customer>;
  /** One customer by a telephone number. Null when unknown; null with the error AMBIGUOUS when several customers share it. */
  customerByPhone: Maybe<Customer>;
  /**
   * One customer by its tax id: a Polish NIP in any spelling (`525-244-57-67`, `PL5252445767`), an EU VAT id with its prefix.
   * Null when unknown; null with the error AMBIGUOUS when several customers share it (units of one municipality).
   */
  customerByTaxId: Maybe<Customer>;
  /** The customers that fit an identifier which several share, to choose among after the error AMBIGUOUS. Exactly one argument. */
  customerCandidates: Maybe<Array<Customer>>;
  /**
   * Customers of all three systems, each once: those the CRM knows first, then those only the accounting knows, then
   * those only the shop knows. Guests without an account are reached through their orders.
   */
  customers: Maybe<CustomerConnection>;
  /**
   * The systems that this graph reads: whether they answer, what is left of their limits, and how far the background sync is.
   * A part of the graph that can't be asked for its systems stands in the list itself, as DOWN.
   */
  sources: Maybe<Array<SourceStatus>>;
};


export type QueryCustomerArgs = {
  id: Scalars['ID']['input'];
};


export type QueryCustomerByEmailArgs = {
  email: Scalars['EmailAddress']['input'];
};


export type QueryCustomerByPhoneArgs = {
  phone: Scalars['PhoneNumber']['input'];
};


export type QueryCustomerByTaxIdArgs = {
  taxId: Scalars['String']['input'];
};


export type QueryCustomerCandidatesArgs = {
  email: InputMaybe<Scalars['EmailAddress']['input']>;
  phone: InputMaybe<Scalars['PhoneNumber']['input']>;
  taxId: InputMaybe<Scalars['String']['input']>;
};


export type QueryCustomersArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  search: InputMaybe<Scalars['String']['input']>;
};

/** Whether a source answers. */
export type SourceAvailability =
  /** Some of its calls fail. */
  | 'DEGRADED'
  /** It is not asked, because it did not answer. */
  | 'DOWN'
  /** It was not asked lately. */
  | 'UNKNOWN'
  /** It answers. */
  | 'UP';

/** What a vendor allows in a time. */
export type SourceBudget = {
  __typename?: 'SourceBudget';
  /** Calls (or the vendor's own points) in the whole time. */
  limit: Scalars['Int']['output'];
  /** How many are left. */
  remaining: Scalars['Int']['output'];
  /** When it is whole again. */
  resetsAt: Scalars['DateTime']['output'];
};

/** A failed call to a source. */
export type SourceFailure = {
  __typename?: 'SourceFailure';
  /** When. */
  at: Scalars['DateTime']['output'];
  /** The error's code, e.g. `UPSTREAM_TIMEOUT`. */
  code: Scalars['String']['output'];
};

/** One of the company's systems, as a source of this graph. */
export type SourceStatus = {
  __typename?: 'SourceStatus';
  /** What is left of its tightest limit. Null when no limit is known. */
  budget: Maybe<SourceBudget>;
  /** Whether calls are let through to it. */
  circuit: CircuitState;
  /** The share of its last minutes' calls that failed, 0 to 1. Null without calls. */
  errorRate: Maybe<Scalars['Float']['output']>;
  /** What went wrong last, however long ago. */
  lastFailure: Maybe<SourceFailure>;
  /** When it last answered well. */
  lastSuccessAt: Maybe<Scalars['DateTime']['output']>;
  /** The source's name in the configuration, e.g. `woo`; of a part that can't be asked, the part's. */
  name: Scalars['String']['output'];
  /** Whether it answers. */
  status: SourceAvailability;
  /** How far the background sync of its links is. Null where none runs. */
  sync: Maybe<SourceSync>;
  /** CRM, shop or accounting. */
  system: SourceSystem;
  /** The vendor, e.g. `woocommerce`; `jeden` for a part of this graph. */
  vendor: Scalars['String']['output'];
};

/** A background sync. */
export type SourceSync = {
  __typename?: 'SourceSync';
  /** When a pass last came to its end: what changed before that is known. */
  lastSuccessAt: Maybe<Scalars['DateTime']['output']>;
  /** What it does. */
  phase: SyncPhase;
  /** Records read in this pass. */
  recordsSeen: Scalars['Int']['output'];
  /** How many there are, where the vendor tells. */
  recordsTotal: Maybe<Scalars['Int']['output']>;
};

/** Which of the company's systems a record stands in. */
export type SourceSystem =
  /** The accounting. */
  | 'ACCOUNTING'
  /** Customer relations. */
  | 'CRM'
  /** The shop. */
  | 'SHOP';

/** What a background sync does. */
export type SyncPhase =
  /** It reads everything for the first time. */
  | 'FULL'
  /** It reads what changed. */
  | 'INCREMENTAL'
  /** It compares everything with what is kept. */
  | 'RECONCILING'
  /** It waits for its next pass. */
  | 'WAITING';

/** The register a tax id belongs to. */
export type TaxIdScheme =
  /** A VAT id of the EU (or Northern Ireland), with its country. */
  | 'EU_VAT'
  /** Any other number, as the system has it. */
  | 'OTHER'
  /** Polish NIP, ten digits. */
  | 'PL_NIP';

/** A tax id with its register. */
export type TaxIdentifier = {
  __typename?: 'TaxIdentifier';
  /** The country of the register, where known. */
  country: Maybe<Scalars['CountryCode']['output']>;
  /** The register. */
  scheme: TaxIdScheme;
  /** The internal unit (IDWew) behind one NIP: a school of a municipality. */
  unit: Maybe<Scalars['String']['output']>;
  /** Whether the form and the checksum are right. It does not say that the number is registered. */
  valid: Scalars['Boolean']['output'];
  /** The id without prefix and separators. */
  value: Scalars['String']['output'];
};

/** A source that could not be asked. */
export type UnavailableSource = {
  __typename?: 'UnavailableSource';
  /** The error's code, e.g. `UPSTREAM_TIMEOUT`. */
  code: Scalars['String']['output'];
  /** The source's name in the configuration. */
  source: Scalars['String']['output'];
};



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
  Customer: Customer;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Customer:
    ( { __typename: 'Customer' }
    & ( GraphQLRecursivePick<FederationTypes['Customer'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"claim":true}> ) );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Address: ResolverTypeWrapper<Address>;
  CircuitState: CircuitState;
  CountryCode: ResolverTypeWrapper<Scalars['CountryCode']['output']>;
  Customer: ResolverTypeWrapper<IdentifiedCustomer>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  CustomerConnection: ResolverTypeWrapper<Omit<CustomerConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['CustomerEdge']>, nodes: Array<ResolversTypes['Customer']> }>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  CustomerEdge: ResolverTypeWrapper<Omit<CustomerEdge, 'node'> & { node: ResolversTypes['Customer'] }>;
  CustomerIdentity: ResolverTypeWrapper<IdentifiedCustomer>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  CustomerKind: CustomerKind;
  CustomerSource: ResolverTypeWrapper<CustomerSource>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  EmailAddress: ResolverTypeWrapper<Scalars['EmailAddress']['output']>;
  IdentityLink: ResolverTypeWrapper<Judgement>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  IdentityRejection: ResolverTypeWrapper<Rejection>;
  IdentityRule: IdentityRule;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PhoneNumber: ResolverTypeWrapper<Scalars['PhoneNumber']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SourceAvailability: SourceAvailability;
  SourceBudget: ResolverTypeWrapper<SourceBudget>;
  SourceFailure: ResolverTypeWrapper<SourceFailure>;
  SourceStatus: ResolverTypeWrapper<SourceStatus>;
  SourceSync: ResolverTypeWrapper<SourceSync>;
  SourceSystem: SourceSystem;
  SyncPhase: SyncPhase;
  TaxIdScheme: TaxIdScheme;
  TaxIdentifier: ResolverTypeWrapper<TaxIdentifier>;
  UnavailableSource: ResolverTypeWrapper<UnavailableSource>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Address: Address;
  CountryCode: Scalars['CountryCode']['output'];
  Customer: IdentifiedCustomer;
  ID: Scalars['ID']['output'];
  CustomerConnection: Omit<CustomerConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['CustomerEdge']>, nodes: Array<ResolversParentTypes['Customer']> };
  Int: Scalars['Int']['output'];
  CustomerEdge: Omit<CustomerEdge, 'node'> & { node: ResolversParentTypes['Customer'] };
  CustomerIdentity: IdentifiedCustomer;
  Boolean: Scalars['Boolean']['output'];
  CustomerSource: CustomerSource;
  DateTime: Scalars['DateTime']['output'];
  EmailAddress: Scalars['EmailAddress']['output'];
  IdentityLink: Judgement;
  Float: Scalars['Float']['output'];
  IdentityRejection: Rejection;
  Mutation: Record<PropertyKey, never>;
  PageInfo: PageInfo;
  PhoneNumber: Scalars['PhoneNumber']['output'];
  Query: Record<PropertyKey, never>;
  SourceBudget: SourceBudget;
  SourceFailure: SourceFailure;
  SourceStatus: SourceStatus;
  SourceSync: SourceSync;
  TaxIdentifier: TaxIdentifier;
  UnavailableSource: UnavailableSource;
  String: Scalars['String']['output'];
};

export type ArgumentScopesDirectiveArgs = {
  scopes: Array<Array<Scalars['String']['input']>>;
};

export type ArgumentScopesDirectiveResolver<Result, Parent, ContextType = Context, Args = ArgumentScopesDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AddressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Address'] = ResolversParentTypes['Address']> = {
  city?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  country?: Resolver<Maybe<ResolversTypes['CountryCode']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  postalCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  region?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  street?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export interface CountryCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CountryCode'], any> {
  name: 'CountryCode';
}

export type CustomerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer'], FederationReferenceType extends FederationReferenceTypes['Customer'] = FederationReferenceTypes['Customer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Customer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  addresses?: Resolver<Maybe<Array<ResolversTypes['Address']>>, ParentType, ContextType>;
  claim?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  displayName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['EmailAddress']>, ParentType, ContextType>;
  emailMasked?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  emails?: Resolver<Maybe<Array<ResolversTypes['EmailAddress']>>, ParentType, ContextType>;
  firstName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  identity?: Resolver<Maybe<ResolversTypes['CustomerIdentity']>, ParentType, ContextType>;
  initials?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['CustomerKind']>, ParentType, ContextType>;
  lastName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  legalName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['PhoneNumber']>, ParentType, ContextType>;
  phoneMasked?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  phones?: Resolver<Maybe<Array<ResolversTypes['PhoneNumber']>>, ParentType, ContextType>;
  records?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sources?: Resolver<Maybe<Array<ResolversTypes['CustomerSource']>>, ParentType, ContextType>;
  taxIdMasked?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  taxIdentifiers?: Resolver<Maybe<Array<ResolversTypes['TaxIdentifier']>>, ParentType, ContextType>;
};

export type CustomerConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerConnection'] = ResolversParentTypes['CustomerConnection']> = {
  edges?: Resolver<Array<ResolversTypes['CustomerEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Customer']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type CustomerEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerEdge'] = ResolversParentTypes['CustomerEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
};

export type CustomerIdentityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerIdentity'] = ResolversParentTypes['CustomerIdentity']> = {
  aliases?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
  incomplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  links?: Resolver<Array<ResolversTypes['IdentityLink']>, ParentType, ContextType>;
  rejected?: Resolver<Maybe<Array<ResolversTypes['IdentityRejection']>>, ParentType, ContextType>;
  unavailable?: Resolver<Array<ResolversTypes['UnavailableSource']>, ParentType, ContextType>;
};

export type CustomerSourceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerSource'] = ResolversParentTypes['CustomerSource']> = {
  fetchedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reference?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  remoteId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sourceUpdatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  stale?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  system?: Resolver<ResolversTypes['SourceSystem'], ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  vendor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface EmailAddressScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['EmailAddress'], any> {
  name: 'EmailAddress';
}

export type IdentityLinkResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IdentityLink'] = ResolversParentTypes['IdentityLink']> = {
  confidence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  evidence?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['IdentityRule'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type IdentityRejectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IdentityRejection'] = ResolversParentTypes['IdentityRejection']> = {
  from?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['IdentityRule'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  refreshCustomer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType, RequireFields<MutationRefreshCustomerArgs, 'id'>>;
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
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType, RequireFields<QueryCustomerArgs, 'id'>>;
  customerByEmail?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType, RequireFields<QueryCustomerByEmailArgs, 'email'>>;
  customerByPhone?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType, RequireFields<QueryCustomerByPhoneArgs, 'phone'>>;
  customerByTaxId?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType, RequireFields<QueryCustomerByTaxIdArgs, 'taxId'>>;
  customerCandidates?: Resolver<Maybe<Array<ResolversTypes['Customer']>>, ParentType, ContextType, Partial<QueryCustomerCandidatesArgs>>;
  customers?: Resolver<Maybe<ResolversTypes['CustomerConnection']>, ParentType, ContextType, RequireFields<QueryCustomersArgs, 'first'>>;
  sources?: Resolver<Maybe<Array<ResolversTypes['SourceStatus']>>, ParentType, ContextType>;
};

export type SourceBudgetResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SourceBudget'] = ResolversParentTypes['SourceBudget']> = {
  limit?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  remaining?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  resetsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type SourceFailureResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SourceFailure'] = ResolversParentTypes['SourceFailure']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SourceStatusResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SourceStatus'] = ResolversParentTypes['SourceStatus']> = {
  budget?: Resolver<Maybe<ResolversTypes['SourceBudget']>, ParentType, ContextType>;
  circuit?: Resolver<ResolversTypes['CircuitState'], ParentType, ContextType>;
  errorRate?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  lastFailure?: Resolver<Maybe<ResolversTypes['SourceFailure']>, ParentType, ContextType>;
  lastSuccessAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['SourceAvailability'], ParentType, ContextType>;
  sync?: Resolver<Maybe<ResolversTypes['SourceSync']>, ParentType, ContextType>;
  system?: Resolver<ResolversTypes['SourceSystem'], ParentType, ContextType>;
  vendor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SourceSyncResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SourceSync'] = ResolversParentTypes['SourceSync']> = {
  lastSuccessAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  phase?: Resolver<ResolversTypes['SyncPhase'], ParentType, ContextType>;
  recordsSeen?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recordsTotal?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type TaxIdentifierResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaxIdentifier'] = ResolversParentTypes['TaxIdentifier']> = {
  country?: Resolver<Maybe<ResolversTypes['CountryCode']>, ParentType, ContextType>;
  scheme?: Resolver<ResolversTypes['TaxIdScheme'], ParentType, ContextType>;
  unit?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  valid?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UnavailableSourceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UnavailableSource'] = ResolversParentTypes['UnavailableSource']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Address?: AddressResolvers<ContextType>;
  CountryCode?: GraphQLScalarType;
  Customer?: CustomerResolvers<ContextType>;
  CustomerConnection?: CustomerConnectionResolvers<ContextType>;
  CustomerEdge?: CustomerEdgeResolvers<ContextType>;
  CustomerIdentity?: CustomerIdentityResolvers<ContextType>;
  CustomerSource?: CustomerSourceResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  EmailAddress?: GraphQLScalarType;
  IdentityLink?: IdentityLinkResolvers<ContextType>;
  IdentityRejection?: IdentityRejectionResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PhoneNumber?: GraphQLScalarType;
  Query?: QueryResolvers<ContextType>;
  SourceBudget?: SourceBudgetResolvers<ContextType>;
  SourceFailure?: SourceFailureResolvers<ContextType>;
  SourceStatus?: SourceStatusResolvers<ContextType>;
  SourceSync?: SourceSyncResolvers<ContextType>;
  TaxIdentifier?: TaxIdentifierResolvers<ContextType>;
  UnavailableSource?: UnavailableSourceResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  argumentScopes?: ArgumentScopesDirectiveResolver<any, any, ContextType>;
};
