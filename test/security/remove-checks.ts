import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CHECKS, type Check } from './checks.ts';

/*
 * Takes the enforcer's checks away, one at a time, in a copy of the repository, and runs the tests of rights: each
 * time some test must turn red. `npm run test:checks`, or `npm run test:checks -- shape` for the checks whose file or
 * name has such a word.
 */
const root = resolve(fileURLToPath(import.meta.url), '../../..');
const COPIED = ['common', 'gateway', 'schema', 'subgraphs/shared', 'test', 'package.json', 'jest.config.js'];
/** The quick ones first. */
const TESTS = [['test/unit/rights'], ['test/fuzz/rights'], ['test/security/rights']];

const words = process.argv.slice(2);
const chosen = CHECKS.filter(
  ({ file, name }) => words.length === 0 || words.some((word) => `${file} ${name}`.includes(word)),
);
const directory = mkdtempSync(join(tmpdir(), 'checks-'));
try {
  process.exitCode = removeEach(chosen) ? 0 : 1;
} finally {
  rmSync(directory, { recursive: true });
}

function removeEach(checks: readonly Check[]): boolean {
  for (const path of COPIED) cpSync(join(root, path), join(directory, path), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  if (findRed() !== null) throw new Error('The tests of rights are red with every check in its place');
  const missed = checks.filter((check) => {
    const red = withoutCheck(check, findRed);
    process.stdout.write(`${red === null ? 'NOT NOTICED' : `red: ${red}`} without: ${check.file}, ${check.name}\n`);
    return red === null;
  });
  process.stdout.write(`${checks.length - missed.length} of ${checks.length} checks are held by tests\n`);
  return missed.length === 0;
}

function withoutCheck<Result>({ file, name, code, without }: Check, run: () => Result): Result {
  const path = join(directory, 'gateway/rights', file);
  const text = readFileSync(path, 'utf8');
  if (text.split(code).length !== 2) throw new Error(`The check "${name}" does not stand exactly once in ${file}`);
  const changed = text.replace(code, () => without);
  // Code that cannot be read would turn every test red, and prove nothing.
  stripTypeScriptTypes(changed);
  writeFileSync(path, changed);
  try {
    return run();
  } finally {
    writeFileSync(path, text);
  }
}

/** The first tests that fail; null when none does. */
function findRed(): string | null {
  const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', '--bail', '--silent'];
  const red = TESTS.find((tests) => {
    const env = { ...process.env, FUZZ_RUNS: '1500' };
    return spawnSync(process.execPath, [...jest, ...tests], { cwd: directory, env }).status !== 0;
  });
  return red === undefined ? null : red.join(' ');
}
