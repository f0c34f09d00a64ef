import type { DocumentPlan } from './document-plan.ts';
import { grossOf } from './document-plan.ts';
import type { World } from './world.ts';

/** Above so much the split payment mechanism is compulsory between firms, when anything of Annex 15 is sold. */
const LIMIT_MINOR = 1_500_000;

/** Whether the document must bear the words "mechanizm podzielonej płatności": by its own sum, not by the contract's. */
export function isSplitPaymentRequired(world: World, plan: DocumentPlan): boolean {
  const { kind, payer, currency, positions } = plan;
  const isInvoice = kind === 'vat' || kind === 'advance' || kind === 'final';
  const isPolishFirm = payer.printed.isCompany && payer.printed.country === 'PL';
  if (!isInvoice || !isPolishFirm || currency !== 'PLN' || grossOf(positions) <= LIMIT_MINOR) return false;
  return positions.some(
    ({ productId }) => productId !== null && world.fakturownia.products.get(productId)!.splitPayment,
  );
}
