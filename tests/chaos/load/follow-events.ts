import { setTimeout as wait } from 'node:timers/promises';
import type { History } from './history';
import type { HttpClient } from './http-client';
import { hasEnded, readStatus } from './read-status';
import type { StatusWatch } from './status-watch';
import { parseEvents, type StreamEvent } from './stream-events';

const PAUSE_AFTER_BREAK_MS = 500;
/** A stream sends a comment every 15 s: one that is silent for longer is dead. */
const SILENT_MS = 20_000;

type Following = {
  client: HttpClient;
  token: string;
  jobId: string;
  history: History;
  watch: StatusWatch;
  signal: AbortSignal;
};

/**
 * Follows a job over its event stream; a stream that breaks is taken up again after the last event that was received.
 * @returns the state in which the job ended; null when the client gave up.
 */
export async function followEvents(following: Following): Promise<string | null> {
  const { history, watch, signal } = following;
  let lastEventId: string | null = null;
  let streams = 0;
  while (!signal.aborted) {
    if (streams > 0 && lastEventId !== null) history.streams.resumed += 1;
    streams += 1;
    for await (const event of receive(following, lastEventId)) {
      history.streams.events += 1;
      lastEventId = event.id ?? lastEventId;
      const status = event.type === 'status' ? readStatus(event.data, event.id) : null;
      if (status === null) continue;
      watch.note(status);
      if (hasEnded(status.state)) return status.state;
    }
    await wait(PAUSE_AFTER_BREAK_MS, undefined, { signal }).catch(() => undefined);
  }
  return null;
}

/** The events of one connection; it ends with the stream, an error, or too long a silence. */
async function* receive(following: Following, lastEventId: string | null): AsyncGenerator<StreamEvent> {
  const { client, token, jobId, signal } = following;
  const silent = new AbortController();
  const headers: Record<string, string> = lastEventId === null ? {} : { 'last-event-id': lastEventId };
  const arm = () => setTimeout(() => silent.abort(), SILENT_MS);
  let timer = arm();
  try {
    const either = AbortSignal.any([signal, silent.signal]);
    const response = await client.open(`/api/jobs/${jobId}/events`, { token, headers }, either);
    if (!response.ok || response.body === null) return void (await response.body?.cancel());
    for await (const events of parseEvents(response.body)) {
      clearTimeout(timer);
      timer = arm();
      yield* events;
    }
  } catch {
    // Broken: the caller connects again.
  } finally {
    clearTimeout(timer);
    silent.abort();
  }
}
