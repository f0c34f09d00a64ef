/** One value of a scrape. */
export interface Sample {
  name: string;
  labels: Readonly<Record<string, string>>;
  value: number;
}

/** What a part counted until now, read as Prometheus reads it. */
export interface Scrape {
  text: string;
  samples: readonly Sample[];
  /** The sum of all samples of this name whose labels hold these. */
  sum(name: string, labels?: Readonly<Record<string, string>>): number;
}

export async function scrape(adminUrl: string): Promise<Scrape> {
  const text = await (await fetch(`${adminUrl}/metrics`)).text();
  const samples = text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(toSample);
  const fits = (sample: Sample, labels: Readonly<Record<string, string>>) =>
    Object.entries(labels).every(([name, value]) => sample.labels[name] === value);
  return {
    text,
    samples,
    sum: (name, labels = {}) =>
      samples.reduce((sum, one) => (one.name === name && fits(one, labels) ? sum + one.value : sum), 0),
  };
}

function toSample(line: string): Sample {
  const [, name, labels = '', value] = /^([a-z_][a-z0-9_]*)(?:\{(.*)\})? (\S+)$/i.exec(line) ?? [];
  if (name === undefined) throw new Error(`Not a sample: ${line}`);
  const pairs = [...labels.matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, text]) => [key, text]);
  return { name, labels: Object.fromEntries(pairs), value: Number(value) };
}
