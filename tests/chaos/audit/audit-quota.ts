import type { QuotaSample } from '../engines/engine';
import { isOpen, type JobRow, type QuotaRow } from '../world/world';
import type { Evidence, Finding } from './finding';

/** What a user has used is what was delivered, nobody is ever over the limit, and no reservation outlives its job. */
export function auditQuota({ world, samples }: Evidence): Finding[] {
  return [
    ...world.quotas.flatMap((quota) => auditUser(quota, world.jobs)),
    ...world.jobs.filter(isForgotten).map((job) => drift(job.id, `it has ${job.state} and its quota is ${job.quota}`)),
    ...firstPerUser(samples.filter(({ used, limit }) => used > limit)).map((sample) =>
      drift(null, `user ${sample.userId} had used ${sample.used} of ${sample.limit} at ${iso(sample)}`),
    ),
    ...firstPerUser(samples.filter(({ used, reservations }) => used !== reservations)).map((sample) =>
      drift(null, `user ${sample.userId} had ${sample.used} counted and ${sample.reservations} held at ${iso(sample)}`),
    ),
  ];
}

function auditUser({ userId, used, limit }: QuotaRow, jobs: readonly JobRow[]): Finding[] {
  const own = jobs.filter(({ queue, userId: owner }) => owner === userId && queue === 'research');
  const delivered = own.filter(({ state }) => state === 'completed').length;
  const reserved = own.filter(({ state }) => isOpen(state)).length;
  const isExact = used === delivered + reserved;
  return [
    ...(isExact ? [] : [drift(null, `user ${userId} has used ${used} and got ${delivered} reports`)]),
    ...(used <= limit ? [] : [drift(null, `user ${userId} has used ${used} of ${limit}`)]),
  ];
}

/** Kept for what was not delivered, returned for what was, or still reserved. */
function isForgotten({ queue, state, quota }: JobRow): boolean {
  if (queue !== 'research') return false;
  if (state === 'completed') return quota !== 'kept';
  return (state === 'failed' || state === 'cancelled') && quota !== 'returned';
}

function firstPerUser(samples: readonly QuotaSample[]): QuotaSample[] {
  return samples.filter((sample, index) => samples.findIndex(({ userId }) => userId === sample.userId) === index);
}

function drift(jobId: string | null, what: string): Finding {
  return { column: 'drift', jobId, what };
}

function iso({ at }: QuotaSample): string {
  return new Date(at).toISOString();
}
