import { existsSync, globSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { ENV_EXAMPLE, renderEnvExample } from '../../gateway/all-in-one/env-example.ts';
import { envSections } from '../../gateway/all-in-one/env-sections.ts';

test('.env.example says what the code reads; otherwise run: npm run env-example', () => {
  expect(readFileSync(ENV_EXAMPLE, 'utf8')).toBe(renderEnvExample());
});

test('a setting that any part declares is listed', () => {
  const text = renderEnvExample();
  const declared = globSync('{common,gateway,subgraphs,sandbox}/**/*.ts').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bname: '([A-Z][A-Z_]+)'/g)].map(([, name]) => name!),
  );
  expect(declared.length).toBeGreaterThan(30);
  expect(declared.filter((name) => !new RegExp(`^#([A-Z]+_)?${name}=`, 'm').test(text))).toEqual([]);
});

test('no section names a setting twice, and each setting is explained', () => {
  for (const { title, rows } of envSections()) {
    const names = rows.map(({ name }) => name);
    expect({ title, names: [...new Set(names)] }).toEqual({ title, names });
    expect(rows.filter(({ description }) => description.trim().length < 5)).toEqual([]);
  }
});

test('secrets say that a file may hold them and have no default but the sandbox', () => {
  const secrets = envSections().flatMap(({ rows }) => rows.filter(({ secret }) => secret));
  const text = renderEnvExample();
  for (const { name, default: fallback } of secrets) {
    expect(text).toContain(`${name}_FILE`);
    if (!name.startsWith('SANDBOX_')) expect(fallback).toBeNull();
  }
});

test('the deployment names only settings and files that exist', () => {
  const folder = new URL('../../gateway/deploy/', import.meta.url);
  const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
  const units = ['jeden.service', 'jeden@.service'].flatMap((file) => read(file).match(/^Environment=.*$/gm) ?? []);
  const texts = [read('DEPLOYMENT.md'), ...units].join('\n');
  const names = new Set(texts.match(/\b[A-Z]+(?:_[A-Z]+)+\b/g) ?? []);
  names.delete('NODE_ENV');
  const example = renderEnvExample();
  const isListed = (name: string) => example.includes(`\n#${name}=`);
  expect(names.size).toBeGreaterThan(10);
  expect([...names].filter((name) => !isListed(name) && !isListed(name.replace(/_FILE$/, '')))).toEqual([]);
  const mains = texts.match(/[\w/-]+\/main\.ts/g) ?? [];
  expect(mains.length).toBeGreaterThan(4);
  expect(mains.filter((file) => !existsSync(new URL(`../../${file}`, import.meta.url)))).toEqual([]);
});
