import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Queue } from 'bull';
import type { Redis } from 'ioredis';
import { AppError } from '@/lib/errors';
import { forgetSingleton, singleton } from '@/lib/singleton';
import { activeAttempts } from '../attempt/active-attempts';
import { untilCommitted } from '../attempt/uncommitted-ends';
import { leaseTimes } from '../lease-times';
import { openBullQueue } from '../queue-manager';
import { closeRedis, openRedis } from '../redis-client';
import { redisKeys } from '../redis-keys';
import { keepSharedClock } from '../shared-clock';
import { untilStatusWritten } from '../status/status-writer';
import { emit } from '../telemetry';
import { startWindowFeeder } from '../window/start-window-feeder';
import { startDispatcher } from './dispatcher';
import { nameTaker } from './free-blocked-takers';
import { type BeatingJob, beat } from './heartbeat';
import { startJobLogs } from './job-log';
import { startLedgerWatch } from './ledger-watch';
import { recoverOnlyWhenSteady } from './recover-stalled';
import { startRedisGuard } from './redis-guard';
import { createRedisPulse, type RedisPulse } from './redis-pulse';
import { type ServedQueue, takeNoMore } from './take-no-more';
import { forgetWorker, recordWorker } from './worker-registry';

/** Left for handing jobs back and closing connections after the deadline for running jobs. */
const HAND_BACK_MS = 3_000;

type OpenQueue = ServedQueue & { concurrency: number };

/** What all queues of a worker process share: connections, heartbeats, cancellations, the dispatcher. */
export type WorkerProcess = {
  readonly id: string;
  readonly queues: Map<string, OpenQueue>;
  /** Jobs that this process holds Bull's lock of. */
  readonly held: Map<string, BeatingJob>;
  readonly connections: Redis[];
  readonly client: Redis;
  readonly pulse: RedisPulse;
  readonly startedAt: Date;
  readonly stopServices: (() => void)[];
  /** Let through what waits to take a job, of each queue. */
  readonly stopTaking: (() => void)[];
  stopping: boolean;
};

/** The worker side of this process, started on first use. */
export function workerProcess(): WorkerProcess {
  return singleton('queue:worker', start);
}

/** Opens the worker's side of a queue; each has its own blocking connection, everything else is shared. */
export function openWorkerQueue(worker: WorkerProcess, name: string, concurrency: number): Queue {
  const queue = openBullQueue(name, (type) => {
    if (type === 'client') return worker.client;
    const connection = openRedis('blocking', `worker:${name}:${type}`);
    worker.connections.push(connection);
    if (type === 'bclient') open.blocking = connection;
    return connection;
  });
  const open: OpenQueue = { queue, concurrency, blocking: null };
  nameTaker(queue, worker.id);
  recoverOnlyWhenSteady(queue, worker.client, worker.pulse);
  worker.queues.set(name, open);
  // Not only at the next beat: a health check must not miss a queue that is served already.
  recordWorker(worker.client, toRecord(worker)).catch(() => undefined);
  return queue;
}

/** What is left to do for a process that ends. */
export type StopOptions = {
  signal?: string;
  /** Jobs that are not handed back: they count as having stopped their worker. */
  isCulprit?(jobId: string): boolean;
};

/**
 * Drains this process: takes no more jobs, gives running ones until the deadline, then aborts them and hands them back
 * unchanged, and closes every connection.
 * @param limitMs for all of it.
 */
export async function stopWorkers(limitMs: number, options: StopOptions = {}): Promise<void> {
  const worker = singleton<WorkerProcess | null>('queue:worker', () => null);
  if (!worker) return forgetSingleton('queue:worker');
  const startedAt = Date.now();
  worker.stopping = true;
  const isCulprit = options.isCulprit ?? (() => false);
  emit({ name: 'worker.stopping', worker: worker.id, signal: options.signal ?? 'stop', active: worker.held.size });
  const queues = [...worker.queues.values()].map(({ queue }) => queue);
  const noMore = [...worker.queues.values()].map(takeNoMore);
  for (const letThrough of worker.stopTaking) letThrough();
  await within(1_500, Promise.allSettled(noMore));
  await untilIdle(worker, () => false, startedAt + limitMs - HAND_BACK_MS);
  for (const attempt of activeAttempts().values()) {
    if (!isCulprit(attempt.jobId)) attempt.abort(new AppError('shutting_down'));
  }
  await untilIdle(worker, isCulprit, startedAt + limitMs - 500);
  // Completed jobs whose commit was not waited for, and what readers are told of them.
  await within(startedAt + limitMs - 500 - Date.now(), untilCommitted().then(untilStatusWritten));
  for (const stopService of worker.stopServices) stopService();
  await within(
    500,
    forgetWorker(worker.client, worker.id).catch(() => undefined),
  );
  await within(1_500, Promise.allSettled(queues.map((queue) => queue.close(true))));
  await Promise.allSettled(worker.connections.map(closeRedis));
  forgetSingleton('queue:worker');
  emit({ name: 'worker.stopped', worker: worker.id, durationMs: Date.now() - startedAt });
}

function start(): WorkerProcess {
  const client = openRedis('worker', 'worker');
  const pulse = createRedisPulse(leaseTimes());
  keepSharedClock(pulse.serverNow);
  const worker: WorkerProcess = {
    id: `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`,
    queues: new Map(),
    held: new Map(),
    connections: [client],
    client,
    pulse,
    startedAt: new Date(),
    stopServices: [],
    stopTaking: [],
    stopping: false,
  };
  worker.stopServices.push(
    every(leaseTimes().beatMs, () => beat(client, worker.pulse, [...worker.held.values()])),
    every(leaseTimes().beatMs, () => recordWorker(client, toRecord(worker))),
    startDispatcher(),
    startWindowFeeder(),
    startLedgerWatch(),
    startRedisGuard(worker),
    startJobLogs(client),
  );
  listenToCancellations(worker);
  return worker;
}

/** Runs a task again and again, never two at a time; a Redis that is away only delays it. */
function every(intervalMs: number, task: () => Promise<void>): () => void {
  let busy = false;
  const run = async () => {
    if (busy) return;
    busy = true;
    await task().catch(() => undefined);
    busy = false;
  };
  const timer = setInterval(run, intervalMs);
  void run();
  return () => clearInterval(timer);
}

function listenToCancellations(worker: WorkerProcess): void {
  const subscriber = openRedis('blocking', 'worker:cancellations');
  worker.connections.push(subscriber);
  subscriber.on('message', (_channel, jobId) => activeAttempts().get(jobId)?.abort(new AppError('cancelled')));
  // A message that is missed is made up for by the flag that every heartbeat reads.
  subscriber.subscribe(redisKeys.cancellations()).catch(() => undefined);
}

function toRecord(worker: WorkerProcess) {
  return {
    id: worker.id,
    pid: process.pid,
    host: hostname(),
    queues: [...worker.queues].map(([name, { concurrency }]) => ({ name, concurrency })),
    active: worker.held.size,
    started_at: worker.startedAt.toISOString(),
    beat: Math.round(worker.pulse.serverNow() ?? Date.now()),
  };
}

async function untilIdle(
  worker: WorkerProcess,
  isCulprit: (jobId: string) => boolean,
  deadline: number,
): Promise<void> {
  const isBusy = () => [...worker.held.keys()].some((jobId) => !isCulprit(jobId));
  while (isBusy() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
}

async function within(limitMs: number, work: Promise<unknown>): Promise<void> {
  await Promise.race([work, new Promise((resolve) => setTimeout(resolve, limitMs))]);
}
