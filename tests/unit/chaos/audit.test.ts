import { describe, expect, it } from 'vitest';
import { audit } from '../../chaos/audit/audit';
import { event, type GoodRun, goodRun, JOB, job, NOON, submission, USER } from './evidence';

const scoringJob = job({ id: 'scoring:DM000001:1', queue: 'scoring', quota: 'none' });

/** Damages a run that went well and returns what the auditor finds. */
function findingsAfter(damage: (evidence: GoodRun) => void, contended: string[] = []) {
  const evidence = goodRun();
  damage(evidence);
  return audit(evidence, new Set(contended));
}

function columnsAfter(damage: (evidence: GoodRun) => void): string[] {
  return [...new Set(findingsAfter(damage).map(({ column }) => column))];
}

describe('the audit of a run', () => {
  it('finds nothing where everything went well', () => {
    expect(findingsAfter(() => undefined)).toEqual([]);
  });

  it.each<[string, (evidence: GoodRun) => void]>([
    ['an accepted job that nobody knows', ({ history }) => history.submissions.push(submission({ jobId: 'gone:1' }))],
    ['a completed research without a report', ({ world }) => world.reports.pop()],
    ['a completed scoring without a score', ({ world }) => addJob(world, scoringJob)],
  ])('calls lost: %s', (_, damage) => {
    expect(columnsAfter(damage)).toEqual(['lost']);
  });

  it.each<[string, (evidence: GoodRun) => void]>([
    ['two reports of one job', ({ world }) => world.reports.push({ jobId: JOB, status: 'complete', sections: 8 })],
    ['a second completion', ({ world }) => world.events.push(event('completed', 5_500))],
    ['the same signal twice', ({ world }) => world.signals.push('DM000001|funding')],
    ['the same notification twice', ({ world }) => world.notifications.push('a', 'a')],
    ['a second job for the same request', ({ world }) => world.jobs.push({ ...scoringJob, state: 'cancelled' })],
    [
      'two scores of one job',
      ({ world }) => {
        addJob(world, scoringJob);
        world.scores.push({ jobId: scoringJob.id }, { jobId: scoringJob.id });
      },
    ],
    [
      'a score of a job that was cancelled',
      ({ world }) => {
        addJob(world, { ...scoringJob, state: 'cancelled' });
        world.scores.push({ jobId: scoringJob.id });
      },
    ],
  ])('calls duplicated: %s', (_, damage) => {
    expect(columnsAfter(damage)).toEqual(['duplicated']);
  });

  it('calls duplicated a report that was delivered although its job failed', () => {
    const failed = job({ state: 'failed', errorCode: 'internal', errorMessage: 'Something broke.', quota: 'returned' });
    const findings = findingsAfter(({ world, history }) => {
      world.jobs = [failed];
      world.quotas = [{ userId: USER, used: 0, limit: 10 }];
      history.lastAnswers = [];
    });
    expect(findings.map(({ column }) => column)).toEqual(['duplicated']);
  });

  it.each<[string, (evidence: GoodRun) => void]>([
    ['more used than delivered', ({ world }) => world.quotas.splice(0, 1, { userId: USER, used: 2, limit: 10 })],
    ['less used than delivered', ({ world }) => world.quotas.splice(0, 1, { userId: USER, used: 0, limit: 10 })],
    ['a reservation that outlives its job', ({ world }) => world.jobs.splice(0, 1, job({ quota: 'reserved' }))],
    ['a limit that was passed for a moment', ({ samples }) => addSample(samples, { used: 11, reservations: 11 })],
    ['a count that differed for a moment', ({ samples }) => addSample(samples, { used: 3, reservations: 2 })],
  ])('calls drift: %s', (_, damage) => {
    expect(columnsAfter(damage)).toEqual(['drift']);
  });

  it('names what is stuck', () => {
    const [finding] = findingsAfter((evidence) => {
      evidence.world.jobs = [job({ state: 'delayed', quota: 'reserved', finishedAt: null })];
      evidence.world.reports = [];
      Object.assign(evidence, { stuck: [JOB] });
    });
    expect(finding).toEqual({ column: 'stuck', jobId: JOB, what: 'is still delayed' });
  });

  it.each<[string, (evidence: GoodRun) => void]>([
    ['a report with a section missing', ({ world }) => Object.assign(world.reports[0] ?? {}, { sections: 7 })],
    [
      'a client who is told something else',
      ({ history }) => Object.assign(history.lastAnswers[0] ?? {}, { state: 'active' }),
    ],
    ['a request without an answer', ({ history }) => history.submissions.push(submission({ outcome: 'unanswered' }))],
    ['a refusal nobody can explain', ({ history }) => history.submissions.push(refusal('quota_exceeded'))],
    ['a job that has ended and waits in Redis', ({ world }) => world.bull[0]?.waiting.push(JOB)],
    ['a lock that nobody holds', ({ world }) => world.bull[0]?.locked.push(JOB)],
    ['progress that fell', ({ history }) => history.contradictions.push({ jobId: JOB, at: NOON, what: 'it fell' })],
  ])('finds %s', (_, damage) => {
    expect(columnsAfter(damage)).toEqual(['other']);
  });

  it('finds a failure without a reason for people', () => {
    const findings = findingsAfter(({ world }) => {
      addJob(world, { ...scoringJob, state: 'failed', errorCode: 'internal', errorMessage: '' });
    });
    expect(findings.map(({ what }) => what)).toEqual(['failed without a reason for people (internal: )']);
  });

  it('accepts that a user with a small limit is refused', () => {
    expect(findingsAfter(({ history }) => history.submissions.push(refusal('quota_exceeded')), [USER])).toEqual([]);
    expect(findingsAfter(({ history }) => history.submissions.push(refusal('forbidden')), [USER])).toHaveLength(1);
  });
});

function addJob(world: GoodRun['world'], added: ReturnType<typeof job>): void {
  world.jobs.push(added);
  world.keys.push({ userId: USER, key: added.id, jobId: added.id });
}

function addSample(samples: GoodRun['samples'], changes: { used: number; reservations: number }): void {
  samples.push({ at: NOON, userId: USER, limit: 10, ...changes });
}

function refusal(code: string) {
  return submission({ idempotencyKey: 'key-2', outcome: 'refused', status: 429, code, jobId: null });
}
