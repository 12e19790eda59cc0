import type { JobRow, World } from '../world/world';
import type { Evidence, Finding } from './finding';

const SECTIONS = 8;

/** What jobs write is there once for each job that completed, and not at all for the others. */
export function auditEffects({ world }: Evidence): Finding[] {
  return [
    ...world.jobs.flatMap((job) => auditReport(job, world)),
    ...world.jobs.flatMap((job) => auditScore(job, world)),
    ...auditCompletions(world),
    ...repeated(world.signals).map((key) => duplicate(null, `the signal ${key} is stored more than once`)),
    ...repeated(world.notifications).map((key) => duplicate(null, `the notification ${key} was sent more than once`)),
    ...auditKeys(world),
  ];
}

function auditReport(job: JobRow, { reports }: World): Finding[] {
  if (job.queue !== 'research') return [];
  const own = reports.filter(({ jobId }) => jobId === job.id);
  const delivered = own.filter(({ status }) => status === 'complete' || status === 'partial');
  if (own.length > 1) return [duplicate(job.id, `it has ${own.length} reports`)];
  if (job.state !== 'completed') {
    return delivered.length === 0 ? [] : [duplicate(job.id, `it has ${job.state}, and its report counts as delivered`)];
  }
  const [report] = delivered;
  if (!report) return [missing(job.id, 'it has completed without a report')];
  if (report.sections === SECTIONS) return [];
  return [{ column: 'other', jobId: job.id, what: `its report has ${report.sections} sections` }];
}

function auditScore(job: JobRow, { scores }: World): Finding[] {
  if (job.queue !== 'scoring') return [];
  const rows = scores.filter(({ jobId }) => jobId === job.id).length;
  const expected = job.state === 'completed' ? 1 : 0;
  if (rows > expected) return [duplicate(job.id, `it has ${job.state} and ${rows} scores`)];
  return rows < expected ? [missing(job.id, 'it has completed without a score')] : [];
}

/** A job completes once, whoever else believed to work on it. */
function auditCompletions({ events }: World): Finding[] {
  const completions = events.filter(({ type }) => type === 'completed').map(({ jobId }) => jobId);
  return repeated(completions).map((jobId) => duplicate(jobId, 'it has completed more than once'));
}

/** Every job belongs to a request: one that no key leads to was made twice for the same request. */
function auditKeys({ jobs, keys }: World): Finding[] {
  const asked = new Set(keys.map(({ jobId }) => jobId));
  return jobs.filter(({ id }) => !asked.has(id)).map(({ id }) => duplicate(id, 'no request stands for it'));
}

function duplicate(jobId: string | null, what: string): Finding {
  return { column: 'duplicated', jobId, what };
}

function missing(jobId: string, what: string): Finding {
  return { column: 'lost', jobId, what };
}

function repeated(keys: readonly string[]): string[] {
  const seen = new Set<string>();
  return [...new Set(keys.filter((key) => seen.size === seen.add(key).size))];
}
