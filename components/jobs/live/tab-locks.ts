export type HoldOptions = {
  /** Ends the waiting or the holding. */
  signal: AbortSignal;
  /** Takes the lock from whoever holds it. */
  steal?: boolean;
};

/** Locks that all tabs of this site share: one holder each, the others wait in line. */
export type TabLocks = {
  /**
   * Waits for the lock and holds it while `work` runs.
   * @param work is given a signal that says when to stop: the lock was taken away, or `signal` was aborted.
   * @returns once the work is done; also when it never began because `signal` was aborted first.
   */
  hold: (name: string, options: HoldOptions, work: (stop: AbortSignal) => Promise<void>) => Promise<void>;
};

/** The browser's own locks: given back by themselves when a tab closes or crashes. Null outside secure contexts. */
export function browserLocks(): TabLocks | null {
  if (typeof navigator === 'undefined' || !navigator.locks) return null;
  return {
    hold: async (name, { signal, steal = false }, work) => {
      const stop = stopWith(signal);
      // A request can be stolen or be given up, not both; the work itself watches the signal.
      const options = steal ? { steal } : { signal };
      let working: Promise<void> | undefined;
      const begin = () => {
        working = signal.aborted ? undefined : work(stop.signal);
        return working;
      };
      try {
        await navigator.locks.request(name, options, begin);
      } catch (error) {
        // Given up while waiting, or taken away by another tab: the work, which still runs, has to stop.
        if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
        stop.abort();
        await working;
      }
    },
  };
}

type Turn = { stop: AbortController; isRunning: boolean; run: () => void };

/** Stands in where the browser has no locks: each tab is on its own then. */
export function localLocks(): TabLocks {
  const lines = new Map<string, Turn[]>();
  return {
    hold: (name, { signal, steal = false }, work) =>
      new Promise((resolve) => {
        const line = lines.get(name) ?? [];
        lines.set(name, line);
        const leave = () => {
          const place = line.indexOf(turn);
          if (place !== -1) line.splice(place, 1);
          if (place === 0) line[0]?.run();
          resolve();
        };
        const stop = stopWith(signal);
        const run = () => {
          turn.isRunning = true;
          void work(stop.signal).finally(leave);
        };
        const turn: Turn = { stop, isRunning: false, run };
        const robbed = steal ? line.shift() : undefined;
        if (steal) line.unshift(turn);
        else line.push(turn);
        robbed?.stop.abort();
        if (line[0] === turn) run();
        stop.signal.addEventListener('abort', () => turn.isRunning || leave(), { once: true });
      }),
  };
}

/**
 * Holds the first of several locks to come free, and withdraws from the others.
 * @returns once the work is done, or `signal` was aborted.
 */
export async function holdAny(
  locks: TabLocks,
  names: readonly string[],
  signal: AbortSignal,
  work: (stop: AbortSignal) => Promise<void>,
): Promise<void> {
  const waits = names.map(() => stopWith(signal));
  let taken = false;
  const wait = async (name: string, own: AbortController) => {
    if (taken) return;
    await locks.hold(name, { signal: own.signal }, async (stop) => {
      // Two may come free in the same moment: the second goes back at once.
      if (taken) return;
      taken = true;
      for (const other of waits) if (other !== own) other.abort();
      await work(stop);
    });
  };
  await Promise.all(names.map((name, index) => wait(name, waits[index] ?? stopWith(signal))));
}

/** A controller that is aborted with `signal`, and can be aborted by itself. */
function stopWith(signal: AbortSignal): AbortController {
  const stop = new AbortController();
  if (signal.aborted) stop.abort();
  else signal.addEventListener('abort', () => stop.abort(), { once: true });
  return stop;
}
