export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': './test/setup/strip-types.cjs' },
  moduleFileExtensions: ['ts', 'js', 'cjs', 'mjs', 'json'],
  testMatch: ['<rootDir>/test/{unit,contract,e2e,security,fuzz,differential}/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/.live'],
  testTimeout: 30_000,
  testSequencer: '<rootDir>/test/setup/sequencer.js',
  maxWorkers: 2,
};
