import { describe, expect, it } from 'vitest';
import { closingLine, countChecks, countPlaywright, countVitest, sum } from '../../../scripts/test/counts.mjs';

const vitest = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, testResults: [] };

describe('the sum of all tests', () => {
  it('adds the parts up in one plain line', () => {
    const checks = countChecks([{ problem: null }, { problem: 'x' }]);
    const browser = countPlaywright({ stats: { expected: 3, unexpected: 0, flaky: 1, skipped: 1 } }, 0);
    expect(closingLine(sum([checks, countVitest(vitest, 1), browser]))).toBe('10 passed, 2 failed, 4 skipped');
  });

  it('counts a file that could not be run as a failure', () => {
    const broken = { ...vitest, numFailedTests: 0, testResults: [{ status: 'failed', assertionResults: [] }] };
    expect(countVitest(broken, 1).failed).toBe(1);
  });

  it('counts an error that no test reported as a failure', () => {
    expect(countVitest({ ...vitest, numFailedTests: 0 }, 1).failed).toBe(1);
    expect(countPlaywright({ stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 0 } }, 1).failed).toBe(1);
  });

  it('counts a run without a report as a failure', () => {
    expect(countVitest(null, 0).failed).toBe(1);
    expect(countPlaywright(null, 0).failed).toBe(1);
  });
});
