import { setTimeout as wait } from 'node:timers/promises';
import type { ChaosUser } from '../engines/engine';
import { createFollower, type Follower } from './follow-job';
import type { History } from './history';
import type { HttpClient } from './http-client';
import { persist } from './persist';
import type { PlannedJob } from './plan-load';
import { submit } from './submit';

export type Load = {
  /** Resolves when every planned job was submitted and answered, or its client gave up. */
  submitted: Promise<void>;
  /** Resolves when no client follows a job any more. */
  followed: Promise<void>;
};

type LoadOptions = {
  client: HttpClient;
  users: readonly ChaosUser[];
  planned: readonly PlannedJob[];
  history: History;
  /** All clients give up. */
  signal: AbortSignal;
};

/** Plays the clients of a run: each submits its job at its time, follows it, and cancels or retries it as planned. */
export function startLoad(options: LoadOptions): Load {
  const startedAt = Date.now();
  const followers = new Map<string, Follower>();
  const following: Promise<void>[] = [];

  async function play(planned: PlannedJob): Promise<void> {
    const { client, history, signal } = options;
    const delayMs = startedAt + planned.atMs - Date.now();
    if (delayMs > 0) await wait(delayMs, undefined, { signal }).catch(() => undefined);
    const user = options.users[planned.user];
    if (!user || signal.aborted) return;
    for (const jobId of await submit(client, user, planned, history, signal)) {
      if (followers.has(jobId)) continue;
      const { events } = planned;
      const follower = createFollower({ client, token: user.token, jobId, events, history });
      followers.set(jobId, follower);
      following.push(live(options, follower, planned, user));
    }
  }

  const submitted = Promise.all(options.planned.map(play)).then(() => undefined);
  return { submitted, followed: submitted.then(() => Promise.all(following)).then(() => undefined) };
}

/** What one client does with one accepted job. */
async function live(options: LoadOptions, follower: Follower, planned: PlannedJob, user: ChaosUser): Promise<void> {
  const cancelling =
    planned.cancelAfterMs === null ? null : cancelAfter(options, follower, planned.cancelAfterMs, user);
  const state = await follower.untilEnded(options.signal);
  await cancelling;
  if (state === null || state === 'completed' || !planned.retries) return;
  if (await retry(options, follower, user)) await follower.untilEnded(options.signal);
}

async function cancelAfter(options: LoadOptions, { jobId }: Follower, afterMs: number, user: ChaosUser): Promise<void> {
  const { client, history, signal } = options;
  await wait(afterMs, undefined, { signal }).catch(() => undefined);
  const sentAt = Date.now();
  const answer = await persist(() => client.send('DELETE', `/api/jobs/${jobId}`, user), { signal });
  if (answer) history.cancels.push({ jobId, sentAt, answeredAt: Date.now(), status: answer.status });
}

/** @returns whether the job runs again. */
async function retry(options: LoadOptions, { jobId, watch }: Follower, user: ChaosUser): Promise<boolean> {
  const { client, history, signal } = options;
  const sentAt = Date.now();
  watch.mayStartAnew();
  const answer = await persist(() => client.send('POST', `/api/jobs/${jobId}/retry`, user), { signal });
  if (answer === null) return false;
  history.retries.push({ jobId, sentAt, answeredAt: Date.now(), status: answer.status });
  return answer.status === 202;
}
