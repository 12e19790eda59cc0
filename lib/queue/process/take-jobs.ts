import type { Job, Queue } from 'bull';
import type { Slots } from './slots';

/** Woken by each job that is found: doubling at each step, an idle worker fills its slots in a few. */
const WOKEN_BY_A_FIND = 2;

/** What Bull 4.16 has and its types do not. */
type BullLoop = {
  /** Nothing waited when it last looked: the next look blocks until something does. */
  drained: boolean;
  closing?: unknown;
  paused?: unknown;
  getNextJob(): Promise<Job | null | undefined>;
  nextJobFromJobData(data: Record<string, string> | undefined, jobId: string): Job | null;
  timers: { set(): string; clear(): void; clearAll(): void; whenIdle(): Promise<void> };
};

/** The beat holds the locks of all jobs together: a timer for each, which Bull sets and clears, only costs time. */
const NO_TIMERS: BullLoop['timers'] = {
  set: () => '',
  clear: () => undefined,
  clearAll: () => undefined,
  whenIdle: () => Promise.resolve(),
};

/**
 * Lets the loops of a queue object take jobs only as its slots allow, and only one of them wait at Redis. Bull asks in
 * advance for as many jobs as it has loops: a process that freezes would be given every one of them.
 */
export function takeWithin(queue: Queue, slots: Slots): void {
  // Bull's own loop, whose types have less than it has.
  const loop = queue as unknown as BullLoop;
  const look = loop.getNextJob.bind(queue);
  loop.timers = NO_TIMERS;
  sparePointlessThrow(loop);
  const idle: (() => void)[] = [];
  let waitsAtRedis = false;
  const wake = (count: number) => {
    for (const resume of idle.splice(0, count)) resume();
  };
  const isOver = () => Boolean(loop.closing ?? loop.paused);
  loop.getNextJob = async () => {
    while (loop.drained && waitsAtRedis && !isOver()) await new Promise<void>((resume) => idle.push(resume));
    const first = loop.drained;
    if (first) waitsAtRedis = true;
    await slots.take();
    let job: Job | null | undefined;
    try {
      job = isOver() ? null : await look();
    } finally {
      if (first) waitsAtRedis = false;
      if (!job) slots.putBack();
      wake(job ? WOKEN_BY_A_FIND : 1);
    }
    return job;
  };
}

/** A job that never failed has no traces: Bull parses nothing as JSON then, and errors are dear. */
function sparePointlessThrow(loop: BullLoop): void {
  const read = loop.nextJobFromJobData.bind(loop);
  loop.nextJobFromJobData = (data, jobId) => {
    if (data) data.stacktrace ??= '[]';
    return read(data, jobId);
  };
}

/**
 * Ends of a job as Bull is told them: a completed one brings the next job along in the same step, unless the slots say
 * that there should be fewer, or the process is about to end.
 */
export function passSlotOn(job: Job, slots: Slots, isStopping: () => boolean): void {
  const [complete, fail] = [job.moveToCompleted.bind(job), job.moveToFailed.bind(job)];
  job.moveToCompleted = async (value, ignoreLock) => {
    // When this throws, Bull fails the job instead.
    const next = await complete(value, ignoreLock, isStopping() || slots.isOver());
    if (!next?.[0]) slots.putBack();
    return next;
  };
  job.moveToFailed = async (...reason) => {
    try {
      return await fail(...reason);
    } finally {
      slots.putBack();
    }
  };
}
