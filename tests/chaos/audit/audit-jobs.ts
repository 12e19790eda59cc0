import { acceptedJobIds } from '../load/history';
import { isOpen, type JobRow } from '../world/world';
import type { Evidence, Finding } from './finding';

/** Every accepted job has ended, with a reason when it failed, and clients are told so. */
export function auditJobs({ world, history, stuck }: Evidence): Finding[] {
  const known = new Map(world.jobs.map((job) => [job.id, job]));
  const lost = [...acceptedJobIds(history)].filter((jobId) => !known.has(jobId));
  return [
    ...lost.map((jobId): Finding => ({ column: 'lost', jobId, what: 'answered with 202, and nobody knows it' })),
    ...stuck.map((jobId): Finding => ({ column: 'stuck', jobId, what: `is still ${known.get(jobId)?.state}` })),
    ...world.jobs.filter(isNameless).map(
      (job): Finding => ({
        column: 'other',
        jobId: job.id,
        what: `failed without a reason for people (${job.errorCode}: ${job.errorMessage})`,
      }),
    ),
    ...auditLastAnswers(history.lastAnswers, known, world.removesCancelled),
  ];
}

/** Requests that got no answer although everything was well again, and refusals nobody can explain. */
export function auditSubmissions({ history }: Evidence, contended: ReadonlySet<string>): Finding[] {
  return history.submissions.flatMap(({ outcome, idempotencyKey, code, status, userId, tries }): Finding[] => {
    const about = { column: 'other' as const, jobId: null };
    if (outcome === 'unanswered') return [{ ...about, what: `${idempotencyKey}: no answer in ${tries} tries` }];
    if (outcome !== 'refused') return [];
    if (code === 'quota_exceeded' && contended.has(userId)) return [];
    return [{ ...about, what: `${idempotencyKey}: refused with ${status} ${code}` }];
  });
}

function isNameless({ state, errorCode, errorMessage }: JobRow): boolean {
  return state === 'failed' && !(errorCode && errorMessage && errorMessage.length >= 10);
}

function auditLastAnswers(
  answers: Evidence['history']['lastAnswers'],
  known: ReadonlyMap<string, JobRow>,
  removesCancelled: boolean,
): Finding[] {
  return answers.flatMap(({ jobId, status, state }): Finding[] => {
    const job = known.get(jobId);
    if (!job || isOpen(job.state) || state === job.state) return [];
    if (removesCancelled && job.state === 'cancelled' && status === 404) return [];
    return [{ column: 'other', jobId, what: `it has ${job.state}, and its client is told ${state ?? status}` }];
  });
}
