import { setTimeout as wait } from 'node:timers/promises';
import type { ApiAnswer } from './http-client';

const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 3_000;

export type Persistence = {
  /** Gives up when it fires. */
  signal: AbortSignal;
  /** How many requests were needed. */
  onTry?(): void;
};

/**
 * Sends a request again until it is answered, as a well-made client does: after no answer, a 5xx, or a 429 that names
 * when to come back for too many requests.
 * @returns the answer; null when the client gave up first.
 */
export async function persist(send: () => Promise<ApiAnswer>, options: Persistence): Promise<ApiAnswer | null> {
  for (let tries = 0; !options.signal.aborted; tries += 1) {
    options.onTry?.();
    const answer = await send().catch(() => null);
    if (answer && !isPassing(answer)) return answer;
    const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** tries);
    await wait(pauseMs, undefined, { signal: options.signal }).catch(() => undefined);
  }
  return null;
}

function isPassing({ status, body }: ApiAnswer): boolean {
  return status >= 500 || (status === 429 && body.code === 'rate_limited');
}
