import { describe, expect, it } from 'vitest';
import { auditAttempts } from '../../chaos/audit/audit-attempts';
import { auditRequests } from '../../chaos/audit/audit-requests';
import { withThoseBelow } from '../../chaos/audit/controlled-by';
import { percentile, recoveries } from '../../chaos/audit/recovery';
import type { MachineFaultKind } from '../../chaos/faults/fault-kinds';
import type { HappenedFault } from '../../chaos/faults/fault-log';
import { event, goodRun, JOB, NOON } from './evidence';

/** Worker 100 has the job, worker 200 takes it over eight seconds later and completes it. */
const TAKEN_OVER = [
  event('started', 1_000),
  event('recovered', 9_000, { workerPid: 200 }),
  event('started', 9_000, { workerPid: 200 }),
  event('completed', 12_000, { workerPid: null }),
];

function fault(kind: MachineFaultKind, fromMs: number, toMs: number, pid: number | null = null): HappenedFault {
  return { kind, at: NOON + fromMs, endedAt: NOON + toMs, target: null, pid };
}

function takeoverFindings(...faults: HappenedFault[]) {
  const run = goodRun();
  return auditAttempts({ ...run, faults, world: { ...run.world, events: TAKEN_OVER } });
}

describe('the audit of attempts', () => {
  it('finds a job that was taken from a worker to which nothing had happened', () => {
    expect(takeoverFindings()).toEqual([
      expect.objectContaining({ jobId: JOB, what: expect.stringContaining('worker 100 lost it') }),
    ]);
  });

  it.each([
    fault('worker-kill', 3_000, 3_000, 100),
    fault('worker-stop', 2_000, 11_000, 100),
    fault('redis-pause', 2_000, 8_000),
    fault('database-crash', 1_000, 1_500),
  ])('accepts it after $kind', (reason) => {
    expect(takeoverFindings(reason)).toEqual([]);
  });

  it.each([
    fault('worker-kill', 3_000, 3_000, 200),
    fault('worker-kill', 10_000, 10_000, 100),
    fault('provider-slow', 1_000, 9_000),
  ])('does not accept it for $kind of another one, later, or without effect on leases', (reason) => {
    expect(takeoverFindings(reason)).toHaveLength(1);
  });
});

describe('the audit of requests to providers', () => {
  it('lets an attempt ask about the companies in control of its own, level by level, and about no others', () => {
    expect(withThoseBelow('DM000004')).toEqual(['DM000004']);
    expect(withThoseBelow('DM000002')).toEqual(expect.arrayContaining(['DM000002', 'DM000011', 'DM000004']));
    expect(withThoseBelow('DM000002')).not.toContain('DM000001');
  });

  function requestFindings(atMs: number, events = TAKEN_OVER, faults: HappenedFault[] = []) {
    const run = goodRun();
    const requests = [{ at: NOON + atMs, companyId: 'DM000001', path: '/company/DM000001', status: 200 }];
    return auditRequests({ ...run, faults, world: { ...run.world, events, requests } });
  }
  const cancelled = [event('started', 1_000), event('cancelled', 4_000)];

  it('finds one that leaves more than a second after the job was cancelled', () => {
    expect(requestFindings(5_500, cancelled)).toEqual([expect.objectContaining({ jobId: JOB, column: 'other' })]);
    expect(requestFindings(4_900, cancelled)).toEqual([]);
  });

  it('finds one before any attempt and one about a company that nobody works on', () => {
    expect(requestFindings(500, cancelled)).toHaveLength(1);
    expect(requestFindings(2_000, [])).toHaveLength(1);
  });

  it('gives a worker that comes back from a stop the time to notice', () => {
    const ended = [...TAKEN_OVER.slice(0, 3), event('completed', 9_500)];
    const stop = fault('worker-stop', 2_000, 12_000, 100);
    expect(requestFindings(13_000, ended, [stop])).toEqual([]);
    expect(requestFindings(15_000, ended, [stop])).toHaveLength(1);
    expect(requestFindings(13_000, ended)).toHaveLength(1);
  });
});

describe('the time to recover', () => {
  it('is from the loss of the worker to the next start of each job that it had', () => {
    expect(recoveries(TAKEN_OVER, [{ pid: 100, at: NOON + 3_000, how: 'kill' }], [])).toEqual([
      { how: 'kill', jobId: JOB, ms: 6_000, disturbed: false },
    ]);
  });

  it('is told apart when a further fault kept others from taking the job over', () => {
    const disturbedBy = (...faults: HappenedFault[]) =>
      recoveries(TAKEN_OVER, [{ pid: 100, at: NOON + 3_000, how: 'kill' }], faults)[0]?.disturbed;
    const kill = fault('worker-kill', 3_000, 3_000, 100);
    expect(disturbedBy(kill)).toBe(false);
    expect(disturbedBy(kill, fault('database-crash', 5_000, 5_100))).toBe(true);
    expect(disturbedBy(kill, fault('worker-kill', 6_000, 6_000, 101))).toBe(true);
    expect(disturbedBy(kill, fault('redis-restart', 0, 1_000))).toBe(true);
    expect(disturbedBy(kill, fault('provider-hang', 1_000, 9_000))).toBe(false);
    expect(disturbedBy(kill, fault('database-crash', 9_500, 9_600))).toBe(false);
  });

  it('does not count a worker that had no job, nor a job that ended by itself', () => {
    expect(recoveries(TAKEN_OVER, [{ pid: 100, at: NOON + 9_500, how: 'kill' }], [])).toEqual([]);
    const ended = [event('started', 1_000), event('completed', 3_100)];
    expect(recoveries(ended, [{ pid: 100, at: NOON + 3_000, how: 'kill' }], [])).toEqual([]);
  });

  it('is summed up by percentiles that are values which occurred', () => {
    expect(percentile([4, 1, 3, 2], 0.5)).toBe(2);
    expect(percentile([4, 1, 3, 2], 0.95)).toBe(4);
    expect(percentile([], 0.5)).toBeNull();
  });
});
