import { ERRORS, type ErrorCode } from '@/lib/errors';
import type { JobEvent } from '@/lib/queue/status/job-list';
import { ledgerVersionOf, statusVersion } from '@/lib/queue/status/status-version';
import { isTerminal, type JobState, type JobStatus, jobStepSchema } from '@/types/jobs';
import { toJobBody } from './job-body';
import { serverEvent } from './job-frame';

/** The state in which an entry of the timeline leaves the job; other entries stand beside one of these. */
const STATE_AFTER: Partial<Record<string, JobState>> = {
  submitted: 'queued',
  released: 'queued',
  retrying: 'delayed',
  started: 'active',
  recovered: 'active',
  step: 'active',
  cancel_requested: 'active',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
};

/**
 * The version that a returning reader has seen, from `Last-Event-ID`.
 * @returns null without the header, and for anything that is not an id of this job: then it is told the present only.
 */
export function readLastEventId(header: string | null, current: JobStatus): number | null {
  if (header === null || !/^\d{1,15}$/.test(header)) return null;
  const version = Number(header);
  if (version <= current.version) return version;
  // Steps of a running job are told to Redis only, which may have lost some that this reader has seen.
  const isLostStep = current.state === 'active' && ledgerVersionOf(version) === ledgerVersionOf(current.version);
  return isLostStep ? version : null;
}

export type Replay = { text: string; version: number };

/**
 * What a reader has missed, out of the ledger's timeline: every recorded status between the one it saw last and the
 * present one, each with its own id, as of then.
 * @param events the job's timeline, oldest first.
 * @returns the events as text, and the version that the reader has seen after them.
 */
export function replaySince(lastVersion: number, events: readonly JobEvent[], current: JobStatus): Replay {
  const missed = historyOf(events, current).filter(({ version }) => version > lastVersion && version < current.version);
  const floor = progressFloor(missed, current);
  const text = missed.map((status) => {
    const progress = status.run === current.run ? Math.max(floor, status.progress) : status.progress;
    const body = { ...toJobBody({ ...status, progress }, null), replayed: true };
    return serverEvent('status', JSON.stringify(body), status.version);
  });
  return { text: text.join(''), version: Math.max(lastVersion, missed.at(-1)?.version ?? 0) };
}

type PastStatus = JobStatus & { isTakeOver: boolean };

/** The job after each entry of its timeline; entries of one version are one status. */
function historyOf(events: readonly JobEvent[], current: JobStatus): PastStatus[] {
  const history = new Map<number, PastStatus>();
  let before: PastStatus | null = null;
  for (const event of events) {
    const state = STATE_AFTER[event.type];
    if (state === undefined || event.version === null) continue;
    const status: PastStatus = statusAfter(event, state, before, current);
    history.set(status.version, status);
    before = status;
  }
  return [...history.values()];
}

function statusAfter(event: JobEvent, state: JobState, before: PastStatus | null, current: JobStatus): PastStatus {
  const earlier = before?.run === event.run_id ? before : null;
  const detail = detailOf(event.detail);
  const version = statusVersion(event.version ?? 0);
  const startsAnew = event.type === 'started' || event.type === 'recovered';
  return {
    ...current,
    state,
    version,
    run: event.run_id,
    attempt: event.attempt ?? current.attempt,
    progress: Math.max(event.progress ?? 0, earlier?.progress ?? 0),
    step: detail.step ?? (startsAnew ? null : (earlier?.step ?? null)),
    started_at: earlier?.started_at ?? (startsAnew ? event.at : null),
    run_at: state === 'delayed' ? detail.runAt : null,
    finished_at: isTerminal(state) ? event.at : null,
    // It was alive then: what is past is not overdue.
    heartbeat_at: new Date().toISOString(),
    cancel_requested: event.type === 'cancel_requested' || (state === 'active' && earlier?.cancel_requested === true),
    error: state === 'failed' || state === 'delayed' ? errorOf(detail.reason) : null,
    result: null,
    position: null,
    waiting_for: null,
    isTakeOver: event.type === 'recovered' || (earlier?.version === version && earlier.isTakeOver),
  };
}

/**
 * A worker that crashed had told readers of steps it could not save any more. Where one was taken over from, what it had
 * told at most is known of the present only; before that, the ledger's own progress is what readers were told at least.
 */
function progressFloor(missed: readonly PastStatus[], current: JobStatus): number {
  return missed.some(({ isTakeOver, run }) => isTakeOver && run === current.run) ? current.progress : 0;
}

function detailOf(detail: unknown): { step: JobStatus['step']; runAt: string | null; reason: string | null } {
  const members: Record<string, unknown> = typeof detail === 'object' && detail !== null ? { ...detail } : {};
  return {
    step: jobStepSchema.safeParse(members.step).data ?? null,
    runAt: typeof members.run_at === 'string' ? members.run_at : null,
    reason: typeof members.reason === 'string' ? members.reason : null,
  };
}

/** The timeline keeps the code only. */
function errorOf(code: string | null): JobStatus['error'] {
  if (code === null || !isErrorCode(code)) return null;
  const { title, retry } = ERRORS[code];
  return { code, message: `${title}.`, retryable: retry !== 'never' };
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code);
}
