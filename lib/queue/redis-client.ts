import { type CircuitBreakerPolicy, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import { Redis, type RedisOptions } from 'ioredis';
import { config } from '@/lib/config';
import { AppError } from '@/lib/errors';
import { forgetSingleton, singleton } from '@/lib/singleton';
import { keepConnection, releaseConnection } from './connection-keeper';
import { emit } from './telemetry';

/**
 * - `failFast`: for requests; a Redis that is gone or hangs becomes an error within half a second.
 * - `blocking`: for workers and subscribers; waits for Redis as long as it takes. Bull refuses any other setting there.
 * - `worker`: as `blocking`, for what a worker says of its jobs: commands of one turn of the event loop go out together.
 * - `patient`: for admins' bulk actions; no command limit, because cleaning a long queue may take seconds.
 */
export type ConnectionKind = 'failFast' | 'blocking' | 'worker' | 'patient';

/** Keeps idle connections known to whatever stands between us and Redis. */
const KEEP_ALIVE_MS = 10_000;

/**
 * For how long a connection may be silent, ms. Blocking commands wait two seconds (`drainDelay`) at most; an admin's bulk
 * action may keep Redis busy for longer.
 */
const SILENCE_MS: Record<ConnectionKind, number> = { failFast: 5_000, blocking: 6_000, worker: 6_000, patient: 30_000 };

const PERSISTENT: RedisOptions = {
  enableReadyCheck: false,
  maxRetriesPerRequest: null,
  connectTimeout: 5_000,
  keepAlive: KEEP_ALIVE_MS,
  retryStrategy: (times) => Math.min(50 * times, 1_000),
};

const OPTIONS: Record<ConnectionKind, RedisOptions> = {
  // The offline queue stays on: without it ioredis 5.11 can stay "ready" on a dead socket for good when Redis dies
  // during the handshake, and the very first command after start is refused.
  failFast: {
    enableReadyCheck: false,
    enableOfflineQueue: true,
    maxRetriesPerRequest: 1,
    connectTimeout: 500,
    commandTimeout: 600,
    keepAlive: KEEP_ALIVE_MS,
    retryStrategy: (times) => Math.min(50 * times, 300),
  },
  blocking: PERSISTENT,
  worker: { ...PERSISTENT, enableAutoPipelining: true },
  patient: {
    enableReadyCheck: false,
    maxRetriesPerRequest: 1,
    connectTimeout: 500,
    keepAlive: KEEP_ALIVE_MS,
    retryStrategy: (times) => Math.min(50 * times, 300),
  },
};

/**
 * Opens a connection of its own. The caller closes it.
 * @param name shown by `CLIENT LIST`, such as `web:producer`.
 */
export function openRedis(kind: ConnectionKind, name: string): Redis {
  const client = new Redis(config().redis.url, { ...OPTIONS[kind], connectionName: `oppspot:${name}` });
  let away = false;
  // Without a listener ioredis prints every failed reconnection; one event per outage says enough.
  client.on('error', (error: Error) => {
    if (!away) emit({ name: 'redis.unavailable', connection: name, reason: error.message });
    away = true;
  });
  client.on('ready', () => {
    // A hanging Redis accepts connections: only an answer shows that it is back.
    client.ping().then(back, () => undefined);
  });
  const back = () => {
    if (away) emit({ name: 'redis.available', connection: name });
    away = false;
  };
  keepConnection(client, SILENCE_MS[kind]);
  return client;
}

/** The shared connection of everything that must answer at once: producers, status reads, rate limits. */
export function producerRedis(): Redis {
  return singleton('redis:producer', () => openRedis('failFast', 'producer'));
}

/** Closes the shared connection; the next use opens it again. */
export async function closeProducerRedis(): Promise<void> {
  const client = producerRedis();
  forgetSingleton('redis:producer');
  await closeRedis(client);
}

/** Ends a connection politely, and without waiting when Redis does not answer. */
export async function closeRedis(client: Redis): Promise<void> {
  releaseConnection(client);
  if (client.status === 'ready') {
    await Promise.race([
      client.quit().catch(() => undefined),
      new Promise((resolve) => setTimeout(resolve, 500).unref()),
    ]);
  }
  client.disconnect();
}

/**
 * Runs a Redis operation for a request. After two failures in a row Redis counts as away and is asked once every two
 * seconds only: a request that needs it three times must not wait three times.
 * @throws AppError `redis_unavailable` whatever went wrong with Redis, at the latest after `limitMs`.
 */
export async function withRedis<T>(operation: () => Promise<T>, limitMs = 400): Promise<T> {
  try {
    return await breaker().execute(() => within(operation, limitMs));
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('redis_unavailable', { cause });
  }
}

function breaker(): CircuitBreakerPolicy {
  return singleton('redis:breaker', () =>
    circuitBreaker(
      handleWhen((error) => !(error instanceof AppError)),
      { halfOpenAfter: 2_000, breaker: new ConsecutiveBreaker(2) },
    ),
  );
}

async function within<T>(operation: () => Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    const giveUp = () => reject(new Error(`no answer within ${limitMs} ms`));
    // After a busy moment of this process timers come before what has arrived meanwhile: that is looked at first.
    timer = setTimeout(() => setImmediate(giveUp), limitMs);
  });
  try {
    return await Promise.race([operation(), limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** The address of Redis as it may be shown: without user and password. */
export function maskedRedisUrl(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}
