import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Product, startProduct } from '../e2e/product.ts';
import { type Scrape, scrape } from '../setup/scrape.ts';

const read = (file: string) => readFileSync(new URL(`../../gateway/deploy/${file}`, import.meta.url), 'utf8');

const panelSchema = z.object({
  title: z.string(),
  targets: z.array(z.object({ expr: z.string(), legendFormat: z.string() })).default([]),
});

const dashboard = z.object({ panels: z.array(panelSchema) }).parse(JSON.parse(read('grafana/jeden.json')));
const targets = dashboard.panels.flatMap((panel) => panel.targets.map((target) => ({ panel: panel.title, ...target })));

/** The rows of the page's table: metric, type, labels, what it tells. */
const documented = [...read('OBSERVABILITY.md').matchAll(/^\| `(\w+)` +\| (\w+) +\| ([\w, ]+?) +\| (.+?) +\|$/gm)].map(
  ([, name, type, labels, help]) => ({ name: name!, type: type!, labels: labels!.split(', '), help: help! }),
);

let product: Product;
let all: Scrape;

beforeAll(async () => {
  product = await startProduct({ sandbox: { customers: 80 } });
  await product.data('{ customers(first: 5) { nodes { id orders(first: 1) { nodes { number } } } } }');
  product.sandbox.control.set('woo', { mode: 'outage' });
  for (let asked = 0; asked < 8; asked += 1) await product.ask('{ orders(first: 1) { nodes { number } } }');
  await fetch(`${product.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ customers(first: 1) { nodes { email } } }' }),
  });
  await fetch(`${product.url}/webhooks/nobody`, { method: 'POST' });
  all = await scrape(product.adminUrl);
}, 60_000);

afterAll(async () => {
  await product[Symbol.asyncDispose]();
});

/** Name, type and help of every metric, also of those without a value yet. */
function described({ text }: Scrape) {
  const types = new Map([...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name, type]) => [name!, type!]));
  return [...text.matchAll(/^# HELP (\w+) (.+)$/gm)].map(([, name, help]) => ({
    name: name!,
    type: types.get(name!)!,
    help: help!,
  }));
}

test('the page lists each metric of ours as the product describes it', () => {
  const ours = described(all).filter(({ name }) => name.startsWith('jeden_'));
  const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
  expect(documented.map(({ labels: _, ...row }) => row).sort(byName)).toEqual(ours.sort(byName));
});

test('labels are those that the page lists', () => {
  const labelsOf = (name: string) => documented.find((row) => row.name === name)?.labels.toSorted();
  const seen = new Map<string, string[]>();
  for (const { name, labels } of all.samples) {
    const { le: _, ...own } = labels;
    seen.set(name.replace(/_(bucket|sum|count)$/, ''), Object.keys(own).sort());
  }
  const ours = [...seen].filter(([name]) => name.startsWith('jeden_'));
  expect(ours.map(([name]) => name).toSorted()).toEqual(documented.map(({ name }) => name).toSorted());
  expect(ours).toEqual(ours.map(([name]) => [name, labelsOf(name)]));
});

test('every expression of the dashboard names metrics and labels that a scrape has', () => {
  expect(targets.length).toBeGreaterThan(20);
  const sampled = new Set(all.samples.map(({ name }) => name));
  const labels = new Set([...documented.flatMap((row) => row.labels), 'le', 'instance']);
  for (const { panel, expr, legendFormat } of targets) {
    const metrics = expr.match(/\b(?:jeden|nodejs|process)_\w+/g) ?? [];
    expect({ panel, metrics: metrics.length > 0 && metrics.filter((name) => !sampled.has(name)) }).toEqual({
      panel,
      metrics: [],
    });
    const groups = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, names]) => names!.split(/, */));
    const selectors = [...expr.matchAll(/(\w+)(?:=~|!~|!=|=)"/g)].map(([, name]) => name!);
    const legend = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name!);
    const unknown = [...groups, ...selectors, ...legend].filter((name) => !labels.has(name));
    expect({ panel, unknown }).toEqual({ panel, unknown: [] });
    const isGrouped = groups.length > 0;
    expect({ panel, lost: isGrouped ? legend.filter((name) => !groups.includes(name)) : [] }).toEqual({
      panel,
      lost: [],
    });
    expect({ panel, depth: depthOf(expr) }).toEqual({ panel, depth: 0 });
  }
});

test('the dashboard shows every metric of ours', () => {
  const shown = targets.map(({ expr }) => expr).join('\n');
  expect(documented.filter(({ name }) => !shown.includes(name)).map(({ name }) => name)).toEqual([]);
});

test('the example for Prometheus scrapes the ports that the parts listen on', () => {
  const { scrape_configs: configs } = z
    .object({
      scrape_configs: z.array(z.object({ static_configs: z.array(z.object({ targets: z.array(z.string()) })) })),
    })
    .parse(parse(read('prometheus.yml')));
  const ports = configs.flatMap((config) => config.static_configs.flatMap((one) => one.targets));
  const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
  const offset = Number(/PORT \+ (\d+)/.exec(example)?.[1]);
  const expected = [
    ...new Set([...example.matchAll(/^#PORT=(\d+)$/gm)].map(([, port]) => `127.0.0.1:${Number(port) + offset}`)),
  ];
  expect(ports.toSorted()).toEqual(expected.toSorted());
});

function depthOf(expr: string): number {
  return [...expr].reduce((depth, char) => depth + ('({['.includes(char) ? 1 : ')}]'.includes(char) ? -1 : 0), 0);
}
