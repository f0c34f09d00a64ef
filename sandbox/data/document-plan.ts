import type { Payer } from './buyer.ts';
import { type Day, dayOf } from './calendar.ts';
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
  readonly currency: Currency;
  readonly positions: readonly FakturowniaPosition[];
  readonly sellDay: Day;
  readonly dueDay: Day | null;
  readonly paymentType: string;
  readonly oid: string | null;
  readonly description: string | null;
  /** Money as of today: what comes later is not known yet. */
  readonly payments: PaymentPlan[];
  /** Money for this document that nobody has put against it. */
  readonly strays: PaymentPlan[];
  /** Paid by the word of a plugin, without any money being booked. */
  readonly isMarkedPaid: boolean;
  readonly isCancelled: boolean;
  /** The document that this one came from: what it corrects, or the proforma or receipt it was made from. */
  readonly origin: DocumentPlan | null;
  /** What a final invoice settles. */
  readonly advances: readonly DocumentPlan[];
  readonly correctionReason: string | null;
  /** Set when something corrects it. */
  isCorrected: boolean;
  /** Once it is issued. */
  invoice: FakturowniaInvoice | null;
}

export interface PaymentPlan {
  readonly day: Day;
  readonly amountMinor: number;
  readonly kind: 'api' | 'bank' | 'cash';
  readonly provider: string | null;
}

type Needed = 'issuedAt' | 'payer' | 'positions' | 'dueDay';

/** An ordinary invoice of the head office in złoty; what is otherwise is said. */
export function createPlan(values: Partial<DocumentPlan> & Pick<DocumentPlan, Needed>): DocumentPlan {
  return {
    kind: 'vat',
    departmentId: DEPARTMENTS.head,
    currency: 'PLN',
    sellDay: dayOf(values.issuedAt),
    paymentType: 'transfer',
    oid: null,
    description: null,
    payments: [],
    strays: [],
    isMarkedPaid: false,
    isCancelled: false,
    origin: null,
    advances: NONE,
    correctionReason: null,
    isCorrected: false,
    invoice: null,
    ...values,
  };
}

const NONE: readonly DocumentPlan[] = [];

export function grossOf(positions: readonly FakturowniaPosition[]): number {
  return positions.reduce((total, { grossMinor }) => total + grossMinor, 0);
}

/** One legal person with two places that issue documents, each with series of its own: their numbers repeat. */
export const DEPARTMENTS = { head: 1_001, salon: 1_002 } as const;

export const SELLER_NIP = '9992345674';

export function makeDepartments(store: FakturowniaStore): void {
  const taxNumber = SELLER_NIP;
  store.departments.set(DEPARTMENTS.head, {
    id: DEPARTMENTS.head,
    name: 'Biuro i Kawa Sp. z o.o.',
    shortcut: 'Centrala',
    taxNumber,
    street: 'Cybernetyki 10',
    city: 'Warszawa',
    postCode: '02-677',
    bankAccount: 'PL61109010140000071219812874',
  });
  store.departments.set(DEPARTMENTS.salon, {
    id: DEPARTMENTS.salon,
    name: 'Biuro i Kawa Sp. z o.o. Salon Kraków',
    shortcut: 'Kraków',
    taxNumber,
    street: 'Długa 7',
    city: 'Kraków',
    postCode: '31-147',
    bankAccount: 'PL27114020040000300201355387',
  });
}
