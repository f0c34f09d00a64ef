import type { CodegenConfig } from '@graphql-codegen/cli';

const SCALARS = {
  ID: 'string',
  Decimal: 'string',
  Date: 'string',
  DateTime: 'string',
  CurrencyCode: 'string',
  CountryCode: 'string',
  EmailAddress: 'string',
  PhoneNumber: 'string',
  _FieldSet: 'string',
  federation__FieldSet: 'string',
  federation__Scope: 'string',
  federation__Policy: 'string',
  link__Import: 'string',
};

/** Types of one subgraph's resolvers; `mappers` say which of our model types stands behind a GraphQL type. */
function subgraphTypes(name: string, mappers: Record<string, string>): NonNullable<CodegenConfig['generates'][string]> {
  return {
    schema: [`schema/${name}.graphql`],
    plugins: ['typescript', 'typescript-resolvers'],
    config: {
      federation: true,
      enumsAsTypes: true,
      useTypeImports: true,
      strictScalars: true,
      scalars: SCALARS,
      contextType: './context.ts#Context',
      maybeValue: 'T | null',
      inputMaybeValue: 'T | null | undefined',
      avoidOptionals: { field: true, object: true },
      mappers,
    },
  };
}

const config: CodegenConfig = {
  generates: {
    'subgraphs/identity/schema.generated.ts': subgraphTypes('identity', {
      Customer: './model.ts#IdentifiedCustomer',
      CustomerIdentity: './model.ts#IdentifiedCustomer',
      IdentityLink: './rules.ts#Judgement',
      IdentityRejection: './rules.ts#Rejection',
    }),
    'subgraphs/crm/schema.generated.ts': subgraphTypes('crm', {
      Customer: './model.ts#CustomerKey',
      Contact: './model.ts#Contact as ContactModel',
      Deal: './model.ts#Deal as DealModel',
      Activity: './model.ts#Activity as ActivityModel',
      Ticket: './model.ts#Ticket as TicketModel',
    }),
    'subgraphs/shop/schema.generated.ts': subgraphTypes('shop', {
      Customer: './model.ts#CustomerNode',
      Order: './model.ts#OrderNode',
      OrderLine: './model.ts#OrderLine as OrderLineModel',
      OrderTransaction: './model.ts#OrderTransaction as OrderTransactionModel',
      Refund: './model.ts#Refund as RefundModel',
      Return: './model.ts#Return as ReturnModel',
      Product: './model.ts#Product as ProductModel',
    }),
    'subgraphs/accounting/schema.generated.ts': subgraphTypes('accounting', {
      Customer: './model.ts#CustomerNode',
      Order: './model.ts#OrderNode',
      Product: './model.ts#ProductNode',
      Invoice: './model.ts#Invoice as InvoiceModel',
      InvoiceLine: './model.ts#InvoiceLine as InvoiceLineModel',
      Payment: './model.ts#Payment as PaymentModel',
      PaymentAllocation: './model.ts#Allocation',
    }),
  },
};

export default config;
