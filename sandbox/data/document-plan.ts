import type { Payer } from './buyer.ts';
import type { Day } from './calendar.ts';
import type { Customer } from './customer.ts';
import type {
  Currency,
  FakturowniaInvoice,
  FakturowniaInvoiceKind,
  FakturowniaPosition,
  FakturowniaStore,
} from './records.ts';

/** A document that is to be issued. Documents are numbered when all are known, in the order of their issue. */
export interface DocumentPlan {
  readonly issuedAt: number;
  readonly kind: FakturowniaInvoiceKind;
  readonly departmentId: number;
  readonly payer: Payer;
  /** Whose it is; null = nobody's: a receipt. */
  readonly customer: Customer | null;
  readonly currency: Currency;
  readonly positions: readonly FakturowniaPosition[];
  readonly sellDay: Day;
  readonly dueDay: Day | null;
  readonly paymentType: string;
  readonly oid: string | null;
  readonly description: string | null;
  readonly payments: PaymentPlan[];
  /** The document that this one came from. */
  readonly origin: DocumentPlan | null;
  /** Once it is issued. */
  invoice: FakturowniaInvoice | null;
}

export interface PaymentPlan {
  readonly day: Day;
  readonly amountMinor: number;
  readonly kind: 'api' | 'bank' | 'cash';
  readonly provider: string | null;
}

/** One legal person with two places that issue documents, each with series of its own: their numbers repeat. */
export const DEPARTMENTS = { head: 1_001, salon: 1_002 } as const;

const SELLER_NIP = '9992345674';

export function makeDepartments(store: FakturowniaStore): void {
  const seller = { taxNumber: SELLER_NIP, postCode: '02-677', city: 'Warszawa', street: 'Cybernetyki 10' };
  store.departments.set(DEPARTMENTS.head, {
    ...seller,
    id: DEPARTMENTS.head,
    name: 'Biuro i Kawa Sp. z o.o.',
    shortcut: 'Centrala',
    bankAccount: 'PL61109010140000071219812874',
  });
  store.departments.set(DEPARTMENTS.salon, {
    ...seller,
    id: DEPARTMENTS.salon,
    name: 'Biuro i Kawa Sp. z o.o. Salon Kraków',
    shortcut: 'Kraków',
    street: 'Długa 7',
    postCode: '31-147',
    city: 'Kraków',
    bankAccount: 'PL27114020040000300201355387',
  });
}
