export type TimeLimit = {
  /** Aborted when the time is up, or with the reason of the job's signal. */
  readonly signal: AbortSignal;
  /** @returns whether the time is up. */
  isUp(): boolean;
  /** Does something whose time does not count, such as waiting for a turn. */
  outside<T>(work: () => Promise<T>): Promise<T>;
  end(): void;
};

/**
 * A job's signal and a time limit in one signal. Not `AbortSignal.any`: Node 20 may collect a composed signal as garbage
 * while a request that hangs is all that waits for it.
 */
export function startTimeLimit(parent: AbortSignal, limitMs: number): TimeLimit {
  const controller = new AbortController();
  const stop = () => controller.abort(parent.reason);
  let leftMs = limitMs;
  let startedAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let up = false;
  const run = () => {
    startedAt = performance.now();
    timer = setTimeout(() => {
      up = true;
      controller.abort(new DOMException('The time is up', 'TimeoutError'));
    }, leftMs);
  };
  const pause = () => {
    clearTimeout(timer);
    leftMs = Math.max(1, leftMs - (performance.now() - startedAt));
  };
  if (parent.aborted) stop();
  parent.addEventListener('abort', stop, { once: true });
  run();
  return {
    signal: controller.signal,
    isUp: () => up,
    async outside(work) {
      pause();
      try {
        return await work();
      } finally {
        run();
      }
    },
    end() {
      clearTimeout(timer);
      parent.removeEventListener('abort', stop);
    },
  };
}
