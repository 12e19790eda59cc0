import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../chaos/options';
import { type ChaosResult, toResult } from '../../chaos/report/result';
import { toMarkdown } from '../../chaos/report/table';
import { withRun } from '../../chaos/report/write-report';
import { goodRun, JOB } from './evidence';

function resultOf(seed: string, findings: ChaosResult['findings'] = []): ChaosResult {
  const { world, history } = goodRun();
  const options = parseOptions({ seed });
  const recovered = [
    { how: 'kill' as const, jobId: JOB, ms: 6_400, disturbed: false },
    { how: 'kill' as const, jobId: JOB, ms: 16_200, disturbed: true },
  ];
  return toResult({ options, world, history, findings, recovered, faults: [] });
}

describe('the table of a run', () => {
  it('has a job that broke the same promise twice once', () => {
    const twice = ['two reports', 'two completions'].map((what) => ({
      column: 'duplicated' as const,
      jobId: JOB,
      what,
    }));
    const { submitted, completed, violations } = resultOf('1', twice);
    expect({ submitted, completed, violations }).toEqual({
      submitted: 1,
      completed: 1,
      violations: { lost: 0, duplicated: 1, drift: 0, stuck: 0, other: 0 },
    });
  });

  it('names the command that repeats the run and the times of recovery', () => {
    const text = toMarkdown(resultOf('5'));
    expect(text).toContain('npm run chaos -- --seed 5');
    expect(text).toContain('6.4 s / 6.4 s');
    expect(text).toContain('1 (and 1 that met a further fault meanwhile, p95 16.2 s) after a kill');
  });
});

describe('the document of the last runs', () => {
  const now = new Date('2026-11-23T12:00:00Z');

  it('keeps its text, and each run in place of its last one', () => {
    const first = withRun('# Chaos\n\nText.\n', resultOf('1'), now);
    const second = withRun(first, resultOf('2'), now);
    const again = withRun(second, resultOf('1'), now);
    expect(again).toBe(second);
    expect(again.startsWith('# Chaos\n\nText.\n\n<!-- runs')).toBe(true);
    expect(again.match(/^### /gm)).toHaveLength(2);
  });

  it('leaves alone what follows the section', () => {
    const text = withRun(`${withRun('', resultOf('1'), now)}\nThe end.\n`, resultOf('3'), now);
    expect(text.trimEnd().endsWith('The end.')).toBe(true);
  });
});
