import { describe, expect, it } from 'vitest';
import { readDependencyReport } from '../../../scripts/test/dependency-report.mjs';

const report = (summary: object) =>
  JSON.stringify({ summary: { violations: [], totalCruised: 400, totalDependenciesCruised: 1_200, ...summary } });

describe('the report of the dependency rules', () => {
  it('is content with a whole tree without violations', () => {
    expect(readDependencyReport(report({}))).toBeNull();
  });

  it('tells a broken rule with its advice', () => {
    const violations = [{ from: 'lib/a.ts', to: 'app/b.ts', rule: { name: 'nothing-imports-app', severity: 'error' } }];
    const ruleSetUsed = { forbidden: [{ name: 'nothing-imports-app', comment: 'Move it to lib/.' }] };
    expect(readDependencyReport(report({ violations, ruleSetUsed }))).toBe(
      'lib/a.ts -> app/b.ts\n    nothing-imports-app: Move it to lib/.',
    );
  });

  it('does not believe a report that looked at next to nothing', () => {
    expect(readDependencyReport(report({ totalCruised: 0, totalDependenciesCruised: 0 }))).toContain(
      'not really checked',
    );
    expect(readDependencyReport('')).toContain('cannot be read');
  });
});
