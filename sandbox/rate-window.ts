export type RateWindowOptions = { limit: number; windowSeconds: number };

export type RateWindow = {
  /** Counts a request of a key. `remaining` is -1 when it is over the limit. */
  use(key: string): { limit: number; remaining: number; resetAt: number };
};

/** Requests per key in fixed windows that start with a key's first request, as the register counts them. */
export function createRateWindow({ limit, windowSeconds }: RateWindowOptions, now: () => Date): RateWindow {
  const windows = new Map<string, { used: number; resetAt: number }>();
  return {
    use(key) {
      const seconds = now().getTime() / 1000;
      const current = windows.get(key);
      const window =
        current !== undefined && current.resetAt > seconds
          ? current
          : { used: 0, resetAt: Math.ceil(seconds + windowSeconds) };
      window.used += 1;
      windows.set(key, window);
      return { limit, remaining: Math.max(limit - window.used, -1), resetAt: window.resetAt };
    },
  };
}
