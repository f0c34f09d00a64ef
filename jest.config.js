import { fileURLToPath } from 'node:url';

/** What Node compiled, for the many threads and processes of these tests that load the same modules. */
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('node_modules/.cache/node-compile-cache', import.meta.url));

export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': './test/setup/strip-types.cjs' },
  moduleFileExtensions: ['ts', 'js', 'cjs', 'mjs', 'json'],
  testMatch: ['<rootDir>/test/{unit,contract,e2e,security,fuzz,differential}/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/.live'],
  testTimeout: 30_000,
  testSequencer: '<rootDir>/test/setup/sequencer.js',
  // More than there are cores, as tests wait a good part of their time.
  maxWorkers: 3,
};
