import type { Measures, Results } from './results.ts';
import { measuredQueries } from './table.ts';

export interface Plot {
  fileName: string;
  title: string;
  svg: string;
}

const MEASURES = [
  { name: 'perSecond', slug: 'requests', title: 'requests a second, more is better', digits: 0 },
  { name: 'cpuMs', slug: 'cpu', title: 'processor time a request in ms, less is better', digits: 3 },
] as const satisfies readonly { name: keyof Measures; slug: string; title: string; digits: number }[];

/** Two pictures for each query. `mode` begins the files' names. */
export function toPlots(mode: string, results: Results): Plot[] {
  return measuredQueries(results).flatMap((query) =>
    MEASURES.map(({ name, slug, title, digits }) => {
      const bars = Object.entries(results.gateways).flatMap(([gateway, { [query]: measures }]) =>
        measures ? [{ name: gateway, value: measures[name], isOurs: Object.hasOwn(results.ratios, gateway) }] : [],
      );
      const heading = `${query} query: ${title}`;
      return { fileName: `${mode}-${query}-${slug}.svg`, title: heading, svg: renderBars(heading, bars, digits) };
    }),
  );
}

interface Bar {
  name: string;
  value: number;
  isOurs: boolean;
}

const WIDTH = 720;
const ROW = 26;
const TOP = 40;
const NAMES_END = 150;
const LONGEST = 480;

function renderBars(title: string, bars: readonly Bar[], digits: number): string {
  const most = Math.max(...bars.map(({ value }) => value));
  const height = TOP + bars.length * ROW + 10;
  const rows = bars.map(({ name, value, isOurs }, index) => {
    const y = TOP + index * ROW;
    const width = ((value / most) * LONGEST).toFixed(1);
    const weight = isOurs ? ' font-weight="bold"' : '';
    return [
      `<text x="${NAMES_END - 8}" y="${y + 15}" text-anchor="end"${weight}>${name}</text>`,
      `<rect x="${NAMES_END}" y="${y + 2}" width="${width}" height="${ROW - 8}" fill="${isOurs ? '#c2410c' : '#94a3b8'}"/>`,
      `<text x="${NAMES_END + Number(width) + 6}" y="${y + 15}"${weight}>${value.toFixed(digits)}</text>`,
    ].join('\n');
  });
  // A ground of its own, because pages may be dark.
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" font-family="sans-serif" font-size="13" fill="#1e293b">
<title>${title}</title>
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
<text x="12" y="24" font-size="15">${title}</text>
${rows.join('\n')}
</svg>
`;
}
