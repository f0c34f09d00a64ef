import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * Adds up jest's own result files: names what failed, as that stands far above by now, and ends with one line. A file that
 * is missing, or that ran nothing, is a failure.
 */
const [folder, failedSteps] = [process.argv[2], Number(process.argv[3])];
const results = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
const files = results.flatMap(({ testResults }) => testResults).filter(({ status }) => status === 'failed');
for (const { name, message, assertionResults } of files) {
  const tests = assertionResults.filter(({ status }) => status === 'failed');
  for (const test of tests) report(name, test.fullName, test.failureMessages.join('\n'));
  if (tests.length === 0) report(name, 'did not run', message);
}
const sum = (name) => results.reduce((total, result) => total + result[name], 0);
const passed = sum('numPassedTests');
const failed = sum('numFailedTests') + sum('numRuntimeErrorTestSuites');
const isComplete = results.length === 5 && results.every(({ numPassedTests }) => numPassedTests > 0);
process.exitCode = isComplete && failed === 0 && failedSteps === 0 ? 0 : 1;
process.stdout.write(`${passed} passed, ${failed} failed\n`);

function report(file, name, message) {
  process.stdout.write(`FAILED: ${relative(process.cwd(), file)}: ${name}\n${message.slice(0, 1000)}\n`);
}
