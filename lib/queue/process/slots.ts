import { AppError } from '@/lib/errors';
import type { AttemptSignal } from '../attempt/attempt-signal';

/** Processors that are done sooner, on the average, are quick: taking their jobs costs more time than running them. */
const QUICK_MS = 20;
/** What one run counts for the average; a pause of the process must not look like a long job. */
const WEIGHT = 0.05;
/** Not quick until shown: some eighty runs. */
const UNKNOWN_MS = 1_000;
/** Taken ahead for each place, and in all: enough for one group to run while the next one is being started. */
const AHEAD_PER_PLACE = 9;
const MOST_AHEAD = 450;
/** A job that was taken ahead waits for a place no longer than this, then others may have it. */
const LONGEST_WAIT_MS = 250;

type Stoppable = Pick<AttemptSignal, 'reason' | 'onAbort'>;

/** What a worker of one queue has in hand: jobs taken from the queue, and of these the ones whose processor runs. */
export type Slots = {
  /** Jobs that are ever in hand at the same time. */
  readonly most: number;
  /** Waits until one more job may be taken. */
  take(): Promise<void>;
  /** A job is out of hand. */
  putBack(): void;
  /** More in hand than there should be now: no further one may be taken in a job's stead. */
  isOver(): boolean;
  /**
   * Waits for a place to run in; never more run than the queue's concurrency.
   * @returns what leaves the place.
   * @throws AppError `worker_busy` after a quarter of a second, and the reason of an abort.
   */
  occupy(attempt: Stoppable): Promise<() => void>;
  /** Lets everybody through who waits to take a job. For shutdown. */
  open(): void;
};

/**
 * Only while processors are quick are jobs taken ahead of free places, so that their starts are recorded many at a time;
 * a job that takes long never waits behind another while a worker elsewhere is idle.
 * @param places processors that may run at the same time.
 */
export function createSlots(places: number): Slots {
  const most = places + Math.min(AHEAD_PER_PLACE * places, MOST_AHEAD);
  const takers: (() => void)[] = [];
  const line = createLine(() => {
    meanMs = UNKNOWN_MS;
  });
  let inHand = 0;
  let running = 0;
  let meanMs = UNKNOWN_MS;
  let isOpen = false;
  const limit = () => (meanMs < QUICK_MS ? most : places);
  const letTake = () => {
    while (takers.length > 0 && (isOpen || inHand < limit())) {
      inHand += 1;
      takers.shift()?.();
    }
  };
  const letRun = () => {
    while (running < places && line.admit()) running += 1;
  };
  const leave = (sinceMs: number) => {
    running -= 1;
    meanMs += (performance.now() - sinceMs - meanMs) * WEIGHT;
    letRun();
    letTake();
  };
  const startRun = () => {
    const sinceMs = performance.now();
    return () => leave(sinceMs);
  };
  return {
    most,
    take: () =>
      new Promise((resolve) => {
        takers.push(resolve);
        letTake();
      }),
    putBack() {
      inHand -= 1;
      letTake();
    },
    isOver: () => inHand > limit(),
    async occupy(attempt) {
      const reason = attempt.reason();
      if (reason !== null) throw reason;
      if (running < places) running += 1;
      else await line.join(attempt);
      return startRun();
    },
    open() {
      isOpen = true;
      letTake();
    },
  };
}

type Waiting = { sinceMs: number; admit(): void; turnAway(error: AppError): void };

/** @param onBusy called when somebody waited in vain. */
function createLine(onBusy: () => void) {
  const line: Waiting[] = [];
  let timer: NodeJS.Timeout | null = null;
  // One timer for the first in line, not one for each of thousands a second.
  const watch = () => {
    const [first] = line;
    timer = first ? setTimeout(turnAwayLate, first.sinceMs + LONGEST_WAIT_MS - performance.now()) : null;
  };
  const turnAwayLate = () => {
    const lateSince = performance.now() - LONGEST_WAIT_MS;
    while (line[0] && line[0].sinceMs <= lateSince) {
      onBusy();
      line.shift()?.turnAway(new AppError('worker_busy'));
    }
    watch();
  };
  return {
    /** @returns false when nobody waits. */
    admit(): boolean {
      const first = line.shift();
      first?.admit();
      return first !== undefined;
    },
    join(attempt: Stoppable): Promise<void> {
      return new Promise((resolve, reject) => {
        const waiting: Waiting = { sinceMs: performance.now(), admit: resolve, turnAway: reject };
        attempt.onAbort(() => {
          const place = line.indexOf(waiting);
          if (place >= 0) line.splice(place, 1);
          reject(attempt.reason());
        });
        line.push(waiting);
        if (timer === null) watch();
      });
    },
  };
}
