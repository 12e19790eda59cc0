import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import { ledgerJobSchema, readJob } from '@/lib/queue/job-ledger';
import { closeQueues, pauseQueue, resumeQueue } from '@/lib/queue/queue-manager';
import { closeRedis, openRedis } from '@/lib/queue/redis-client';
import { redisKeys } from '@/lib/queue/redis-keys';
import { readJobStatus, statusFromLedger } from '@/lib/queue/status/job-status';
import { issueAccessToken } from '../../../scripts/local-supabase/access-token';
import { callApi, expectProblem } from '../../support/api-client';
import { type EventReader, idsOf, readEvents } from '../../support/event-reader';
import { type SteeredJob, steerJob, submitScoring } from '../../support/steered-job';
import { createTestUser, type TestUser } from '../../support/users';

const WAIT = { timeout: 15_000, interval: 25 };
const COMPANIES = ['DM000001', 'DM000002', 'DM000003', 'DM000004'];

/** Not the product's own: opening two hundred streams keeps this process too busy for its time limits. */
const redis = openRedis('blocking', 'test');

let readers: EventReader[] = [];
let jobs: SteeredJob[] = [];

beforeAll(() => pauseQueue('scoring'));
afterEach(async () => {
  for (const reader of readers) reader.leave();
  await Promise.all(jobs.map((job) => job.finish()));
  readers = [];
  jobs = [];
});
afterAll(async () => {
  await resumeQueue('scoring');
  await Promise.all([closeQueues(), closeRedis(redis)]);
});

async function start(user: TestUser, companyId = 'DM000001'): Promise<{ jobId: string; job: SteeredJob }> {
  const jobId = await submitScoring(user.accessToken, companyId);
  const job = await steerJob(jobId);
  jobs.push(job);
  return { jobId, job };
}

async function follow(jobId: string, token: string, headers: Record<string, string> = {}): Promise<EventReader> {
  const reader = await readEvents(jobId, token, headers);
  readers.push(reader);
  return reader;
}

describe('two hundred viewers', () => {
  it('cost one Redis subscriber, one read per change, and nothing once they are gone', async () => {
    const users = await Promise.all(COMPANIES.map(() => createTestUser()));
    const started = await Promise.all(users.map((user, index) => start(user, COMPANIES[index])));
    const opening = users.flatMap((user, index) =>
      Array.from({ length: 50 }, () => follow(started[index]?.jobId ?? '', user.accessToken)),
    );
    expect((await Promise.all(opening)).map(({ status }) => status)).toEqual(opening.map(() => 200));
    await expect.poll(() => readers.every(({ events }) => events.length > 0), WAIT).toBe(true);
    expect(await subscribersToChanges()).toBe(1);

    const [first] = started;
    const reads = await countReads(first?.jobId ?? '', async () => {
      await first?.job.step('reading', 40);
      await expect.poll(() => withProgress(40), WAIT).toBe(50);
    });
    // One for the step, and one for the ledger's version of it where that came within the time.
    expect(reads).toBeGreaterThan(0);
    expect(reads).toBeLessThanOrEqual(2);

    await Promise.all(jobs.map((job) => job.finish()));
    await expect.poll(() => readers.filter((reader) => reader.isClosed()).length, WAIT).toBe(200);
    expect(new Set(readers.map(({ events }) => events.at(-1)?.event))).toEqual(new Set(['end']));
    await expect.poll(() => freeStreams(first?.jobId ?? '', users[0]), WAIT).toBe(true);
  });

  it('are told more than fifty are too many for one person', async () => {
    const user = await createTestUser();
    const { jobId } = await start(user);
    await Promise.all(Array.from({ length: 50 }, () => follow(jobId, user.accessToken)));
    const refused = await callApi('GET', `/api/jobs/${jobId}/events`, { token: user.accessToken });
    expectProblem(refused, 429, 'rate_limited');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    readers[0]?.leave();
    await expect.poll(async () => (await follow(jobId, user.accessToken)).status, WAIT).toBe(200);
  });
});

describe('a reader that comes back with Last-Event-ID', () => {
  it('is told what it missed out of the ledger, also after Redis has lost everything, and nothing twice', async () => {
    const user = await createTestUser();
    const { jobId, job } = await start(user);
    const first = await follow(jobId, user.accessToken);
    await job.step('first', 10);
    await recorded(jobId, 10);
    await expect.poll(() => first.events.at(-1)?.data.progress, WAIT).toBe(10);
    first.leave();
    const last = Math.max(...idsOf(first));
    for (const [name, progress] of [
      ['second', 20],
      ['third', 30],
      ['fourth', 40],
    ] as const) {
      await job.step(name, progress);
      await recorded(jobId, progress);
    }
    await redis.del(redisKeys.job(jobId));

    const again = await follow(jobId, user.accessToken, { 'last-event-id': String(last) });
    await expect.poll(() => again.events.at(-1)?.data.progress, WAIT).toBe(40);
    const ids = idsOf(again);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    expect(Math.min(...ids)).toBeGreaterThan(last);
    const replayed = again.events.filter(({ data }) => data.replayed === true);
    expect(replayed.slice(-2).map(({ data }) => [data.progress, data.step])).toMatchObject([
      [20, { name: 'second' }],
      [30, { name: 'third' }],
    ]);
    await job.finish();
    await expect.poll(() => again.isClosed(), WAIT).toBe(true);
    expect(again.events.slice(-2)).toMatchObject([
      { event: 'status', data: { job: { status: 'completed' }, progress: 100 } },
      { event: 'end', data: { status: 'completed' } },
    ]);
  });

  it.each(['999999999999', 'nonsense', '-1', '1.5'])('with %s gets the present status alone', async (id) => {
    const user = await createTestUser();
    const { jobId, job } = await start(user);
    await job.step('first', 10);
    await recorded(jobId, 10);
    const reader = await follow(jobId, user.accessToken, { 'last-event-id': id });
    await expect.poll(() => reader.events.length, WAIT).toBe(1);
    expect(reader.events[0]).toMatchObject({ event: 'status', data: { progress: 10 } });
    expect(reader.events[0]?.data.replayed).toBeUndefined();
  });
});

describe('the version', () => {
  it('is the same in the poll, in the event and in the record, and an unchanged poll has no body', async () => {
    const user = await createTestUser();
    const { jobId, job } = await start(user);
    const reader = await follow(jobId, user.accessToken);
    for (const progress of [10, 35, 60]) {
      await job.step(`step-${progress}`, progress);
      await recorded(jobId, progress);
      const poll = await callApi('GET', `/api/jobs/${jobId}`, { token: user.accessToken });
      const etag = poll.headers.get('etag') ?? '';
      const version = await redis.hget(redisKeys.job(jobId), 'version');
      expect(etag).toBe(`"${version}"`);
      await expect.poll(() => idsOf(reader).at(-1), WAIT).toBe(Number(version));
      const headers = { 'if-none-match': etag };
      const unchanged = await callApi('GET', `/api/jobs/${jobId}`, { token: user.accessToken, headers });
      expect(unchanged).toMatchObject({ status: 304, body: {} });
    }
  });
});

describe('a running job whose worker has gone silent', () => {
  it('is announced as stale, and as alive again', async () => {
    const user = await createTestUser();
    const { jobId, job } = await start(user);
    await job.step('first', 10);
    await recorded(jobId, 10);
    const reader = await follow(jobId, user.accessToken);
    await expect.poll(() => reader.events.length, WAIT).toBe(1);
    expect(reader.events[0]?.data.stale).toBe(false);
    const heartbeat = (at: number) =>
      redis.hset(redisKeys.job(jobId), 'heartbeat_at', JSON.stringify(new Date(at).toISOString()));
    await heartbeat(Date.now() - 60_000);
    await expect.poll(() => reader.events.at(-1)?.data, WAIT).toMatchObject({ stale: true, progress: 10 });
    const version = idsOf(reader)[0];
    const poll = await callApi('GET', `/api/jobs/${jobId}`, { token: user.accessToken });
    expect(poll.body.stale).toBe(true);
    expect(poll.headers.get('etag')).toBe(`"${version}-stale"`);
    await heartbeat(Date.now() + 3_000);
    await expect.poll(() => reader.events.at(-1)?.data, WAIT).toMatchObject({ stale: false, progress: 10 });
    // The same version, therefore without an id: what the reader has seen is still that version.
    expect(reader.events.at(-1)?.id).toBeUndefined();
  });
});

describe('a stream', () => {
  it('says at once how soon to come back, and is not cached or compressed on its way', async () => {
    const user = await createTestUser();
    const { jobId } = await start(user);
    const reader = await follow(jobId, user.accessToken);
    expect(reader.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    await expect.poll(() => reader.text(), WAIT).toMatch(/^retry: \d+\n\n/);
  });

  it('ends when the session has ended', async () => {
    const user = await createTestUser();
    const { jobId } = await start(user);
    const token = issueAccessToken({ sub: user.id, email: user.email }, String(process.env.SUPABASE_JWT_SECRET), 3);
    const reader = await follow(jobId, token);
    await expect.poll(() => reader.isClosed(), WAIT).toBe(true);
    // Not by an `end`, which would say that the job is over; how often its place in the line changes is not the point.
    expect(new Set(reader.events.map(({ event }) => event))).toEqual(new Set(['status']));
  });

  it('says of a queued job why it waits, and of a delayed one until when and for whom', async () => {
    const user = await createTestUser();
    const jobId = await submitScoring(user.accessToken);
    const reader = await follow(jobId, user.accessToken);
    await expect.poll(() => String(reader.events.at(-1)?.data.reason), WAIT).toContain('The queue is paused');
    const job = await steerJob(jobId);
    await job.fail(
      new AppError('provider_rate_limited', {
        detail: 'Companies House takes no more requests for now.',
        retryAt: new Date(Date.now() + 600_000),
        extras: { provider: 'Companies House' },
      }),
    );
    const look = () => callApi('GET', `/api/jobs/${jobId}`, { token: user.accessToken });
    await expect.poll(async () => (await look()).body.job, WAIT).toMatchObject({ status: 'delayed' });
    const status = await look();
    expect(status.body.next_attempt_at).toEqual(expect.any(String));
    expect(status.body.reason).toMatch(/^Companies House takes no more requests until \d\d:\d\d UTC\./);
    await expect.poll(() => reader.events.at(-1)?.data.reason, WAIT).toBe(status.body.reason);
  });
});

/** Until the ledger has the step and Redis has heard of it: then nothing about it is on its way any more. */
async function recorded(jobId: string, progress: number): Promise<void> {
  await expect.poll(async () => (await readJob(jobId))?.progress, WAIT).toBe(progress);
  const { version } = statusFromLedger(ledgerJobSchema.parse(await readJob(jobId)));
  await expect.poll(async () => (await readJobStatus(jobId))?.version, WAIT).toBe(version);
}

async function subscribersToChanges(): Promise<number> {
  const [, count] = await redis.pubsub('NUMSUB', redisKeys.changes());
  const clients = String(await redis.client('LIST'));
  const named = clients.split('\n').filter((line) => line.includes('name=oppspot:changes')).length;
  // Workers may listen too, under names of their own.
  expect(Number(count)).toBeGreaterThanOrEqual(named);
  return named;
}

/** How often the record of a job is read meanwhile, as Redis itself sees it. */
async function countReads(jobId: string, work: () => Promise<void>): Promise<number> {
  const monitor = await redis.monitor();
  let reads = 0;
  monitor.on('monitor', (_time: string, [command, key]: string[]) => {
    if (command?.toLowerCase() === 'hgetall' && key === redisKeys.job(jobId)) reads += 1;
  });
  await work();
  monitor.disconnect();
  return reads;
}

function withProgress(progress: number): number {
  return readers.filter(({ events }) => events.at(-1)?.data.progress === progress).length;
}

/** The process has forgotten a user's streams when it accepts as many as ever. */
async function freeStreams(jobId: string, user: TestUser | undefined): Promise<boolean> {
  const token = user?.accessToken ?? '';
  const opened = await Promise.all(Array.from({ length: 50 }, () => readEvents(jobId, token)));
  for (const reader of opened) reader.leave();
  return opened.every(({ status }) => status === 200);
}
