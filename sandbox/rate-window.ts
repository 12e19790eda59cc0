export type RateWindowOptions = { limit: number; windowSeconds: number };

/** `remaining` is -1 when the request is over the limit; `resetAt` in Unix seconds. */
export type WindowState = { limit: number; remaining: number; resetAt: number };

export type RateWindow = {
  /** Counts a request of a key. */
  use(key: string): WindowState;
};

/** Requests per key in fixed windows that start with a key's first request, as the register counts them. */
export function createRateWindow({ limit, windowSeconds }: RateWindowOptions, now: () => Date): RateWindow {
  const windows = new Map<string, { used: number; until: number }>();
  return {
    use(key) {
      const seconds = now().getTime() / 1000;
      const current = windows.get(key);
      const window =
        current !== undefined && current.until > seconds ? current : { used: 0, until: seconds + windowSeconds };
      window.used += 1;
      windows.set(key, window);
      return { limit, remaining: Math.max(limit - window.used, -1), resetAt: Math.ceil(window.until) };
    },
  };
}
