import type { Payer } from './buyer.ts';
import { dayOf, instantOn, isWorkingDay, nextWorkingDay } from './calendar.ts';
import { taxOf } from './catalogue.ts';
import type { Dice } from './dice.ts';
import { createPlan, type DocumentPlan, grossOf } from './document-plan.ts';
import { referenceTo } from './labels.ts';
import { decideTransfers } from './payment-behaviour.ts';
import { makePosition, SERVICE } from './positions.ts';
import type { VatCode } from './records.ts';
import type { World } from './world.ts';

interface Service {
  readonly name: string;
  readonly vat: VatCode;
}

const SERVICES: readonly Service[] = [
  { name: 'Serwis ekspresu', vat: '23' },
  { name: 'Najem ekspresu, abonament', vat: '23' },
  { name: 'Montaż mebli', vat: '23' },
  { name: 'Szkolenie baristów u klienta', vat: 'zw' },
  { name: 'Posiłki na szkoleniu', vat: '8' },
];
/** Sold to who trades with it: the buyer accounts for the tax. */
const ENERGY: Service = { name: 'Energia elektryczna z instalacji fotowoltaicznej', vat: 'oo' };
/** A service to a business abroad is taxed there. */
const CONSULTING: Service = { name: 'Doradztwo w wyposażeniu biura', vat: 'np' };

/** Invoices for what was ordered in no shop. Some name the order of some other system. */
export function planManualInvoices(world: World, payers: readonly Payer[]): DocumentPlan[] {
  const dice = world.dice('manual invoices');
  return payers.flatMap((payer) => {
    const count = dice.weighted([
      [5, 1],
      [3, 2],
      [2, 4],
    ]);
    return Array.from({ length: count }, () => planManualInvoice(world, dice, payer));
  });
}

function planManualInvoice(world: World, dice: Dice, payer: Payer): DocumentPlan {
  const first = Math.max(dayOf(payer.client.createdAt), world.firstDay);
  const day = dice.int(Math.min(first, world.today), world.today);
  const issuedAt = Math.min(instantOn(isWorkingDay(day) ? day : nextWorkingDay(day), dice.int(8, 16)), world.asOf);
  const { name, vat } = pickService(dice, payer);
  const totalMinor = dice.int(20, 900) * 500;
  const positions = [makePosition(world, { ...SERVICE, name, vat, totalMinor, totalTaxMinor: taxOf(totalMinor, vat) })];
  const dueDay = dayOf(issuedAt) + 14;
  const plan = createPlan({
    issuedAt,
    payer,
    positions,
    dueDay,
    currency: vat === 'np' ? 'EUR' : 'PLN',
    oid: dice.chance(0.4) ? `TEL-${dice.int(1000, 9999)}` : null,
    description: dice.chance(0.3) ? 'Dziękujemy za współpracę' : null,
  });
  const debt = { issueDay: dayOf(issuedAt), dueDay, today: world.today, grossMinor: grossOf(positions) };
  plan.payments.push(...decideTransfers(dice, debt));
  world.labels.add('INVOICE_WITHOUT_ORDER', () => [referenceTo.invoice(plan.invoice!)]);
  return plan;
}

function pickService(dice: Dice, { printed }: Payer): Service {
  if (printed.taxNumberKind === 'nip_ue') return CONSULTING;
  return printed.isCompany && dice.chance(0.1) ? ENERGY : dice.pick(SERVICES);
}
