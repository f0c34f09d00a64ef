import base from './jest.config.js';

/** The whole product while something it needs is down, slow or wrong. One file at a time: each takes what the machine has. */
export default {
  ...base,
  testMatch: ['<rootDir>/test/resilience/**/*.test.ts'],
  maxWorkers: 1,
  testTimeout: 120_000,
};
