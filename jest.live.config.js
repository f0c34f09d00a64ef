import base from './jest.config.js';

/** Tests against servers that are not ours, installed and started here. One file at a time: each starts its own. */
export default {
  ...base,
  testMatch: ['<rootDir>/test/live/**/*.test.ts'],
  globalSetup: '<rootDir>/test/live/setup.ts',
  maxWorkers: 1,
  testTimeout: 120_000,
};
