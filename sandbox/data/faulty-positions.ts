import { taxOf } from './catalogue.ts';
import type { FakturowniaPosition } from './records.ts';

type Positions = readonly FakturowniaPosition[];

/** Somebody typed another price: net and gross differ from the order's. */
export function withOtherTotal(positions: Positions): FakturowniaPosition[] {
  const [first, ...others] = positions as [FakturowniaPosition, ...FakturowniaPosition[]];
  const unitNetMinor = first.unitNetMinor + Math.max(100, Math.round(first.unitNetMinor / 10));
  const netMinor = unitNetMinor * first.quantity;
  return [{ ...first, unitNetMinor, netMinor, grossMinor: netMinor + taxOf(netMinor, first.vat) }, ...others];
}

/** Another rate out of the same gross: nobody notices but the tax office. */
export function withOtherVat(positions: Positions): FakturowniaPosition[] {
  const wrong = positions.find(({ netMinor, grossMinor }) => grossMinor > netMinor)!;
  const vat = wrong.vat === '8' ? '23' : '8';
  const netMinor = Math.round((wrong.grossMinor * 100) / (100 + Number(vat)));
  const unitNetMinor = Math.round(netMinor / wrong.quantity);
  return positions.map((each) => (each === wrong ? { ...each, vat, netMinor, unitNetMinor } : each));
}

/** Invoiced in złoty what was ordered in another currency. `rate` in ten-thousandths. */
export function inZloty(positions: Positions, rate: number): FakturowniaPosition[] {
  const convert = (minor: number) => Math.round((minor * rate) / 10_000);
  return positions.map((each) => {
    const netMinor = convert(each.netMinor);
    const grossMinor = netMinor + taxOf(netMinor, each.vat);
    return { ...each, unitNetMinor: convert(each.unitNetMinor), netMinor, grossMinor };
  });
}
