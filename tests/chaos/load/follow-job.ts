import { setTimeout as wait } from 'node:timers/promises';
import { followEvents } from './follow-events';
import type { History } from './history';
import type { HttpClient } from './http-client';
import { hasEnded, readStatus } from './read-status';
import { createStatusWatch, type StatusWatch } from './status-watch';

export type Follower = {
  jobId: string;
  watch: StatusWatch;
  /** Follows until the job has ended. @returns its state; null when the client gave up. */
  untilEnded(signal: AbortSignal): Promise<string | null>;
};

const PAUSE_AFTER_ERROR_MS = 1_000;

/** One client that follows one job, by polling with the ETag or over an event stream. */
export function createFollower(options: {
  client: HttpClient;
  token: string;
  jobId: string;
  events: boolean;
  history: History;
}): Follower {
  const { client, token, jobId, history } = options;
  const watch = createStatusWatch(jobId, history.contradictions);
  let etag: string | null = null;
  let isLost = false;

  /** @returns the state when it has ended, else the time until the next poll, ms. */
  async function poll(): Promise<string | number> {
    const headers: Record<string, string> = etag === null ? {} : { 'if-none-match': etag };
    const answer = await client.send('GET', `/api/jobs/${jobId}`, { token, headers }).catch(() => null);
    if (answer === null || answer.status >= 500 || answer.status === 429) return PAUSE_AFTER_ERROR_MS;
    if (answer.status === 404) {
      if (!isLost)
        history.contradictions.push({ jobId, at: Date.now(), what: 'an accepted job was answered with 404' });
      isLost = true;
      return PAUSE_AFTER_ERROR_MS;
    }
    etag = answer.headers.get('etag');
    const status = readStatus(answer.body, etag);
    if (status === null) return PAUSE_AFTER_ERROR_MS;
    watch.note(status);
    return hasEnded(status.state) ? status.state : status.pollIntervalMs;
  }

  return {
    jobId,
    watch,
    async untilEnded(signal) {
      if (options.events) return followEvents({ client, token, jobId, history, watch, signal });
      while (!signal.aborted) {
        const outcome = await poll();
        if (typeof outcome === 'string') return outcome;
        await wait(outcome, undefined, { signal }).catch(() => undefined);
      }
      return null;
    },
  };
}
