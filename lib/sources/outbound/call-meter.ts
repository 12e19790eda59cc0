import { config } from '@/lib/config';
import { AppError } from '@/lib/errors';
import type { producerRedis } from '@/lib/queue/redis-client';
import { PROVIDER_IDS } from '../providers';

/**
 * Counts what calls to one provider come to: `requests` that left, and of the calls those that were `answered`, came to
 * a limit (`limited`), were refused (`refused`: key, credits), got no usable answer (`failed`), or were not made because
 * the provider is down (`left_alone`). `ms` is the time of all calls together.
 */
export type CallMeter = {
  /** A request leaves. */
  sent(): void;
  /** @returns what the call returns, and throws what it throws. */
  time<T>(call: () => Promise<T>): Promise<T>;
};

const KEPT_SECONDS = 3 * 24 * 60 * 60;

/** @returns a meter that adds to the counts of all processes in Redis; without Redis nothing is counted. */
export function redisMeter(id: string, redis: () => ReturnType<typeof producerRedis>): CallMeter {
  const add = (counts: Record<string, number>) => {
    const key = callsKey(id, new Date());
    const commands = redis().multi();
    for (const [name, by] of Object.entries(counts)) commands.hincrby(key, name, by);
    // Counts are not worth a failure.
    commands
      .expire(key, KEPT_SECONDS)
      .exec()
      .catch(() => undefined);
  };
  return {
    sent: () => add({ requests: 1 }),
    async time(call) {
      const startedAt = performance.now();
      const spent = () => Math.round(performance.now() - startedAt);
      try {
        const result = await call();
        add({ answered: 1, ms: spent() });
        return result;
      } catch (error) {
        add({ [outcomeOf(error)]: 1, ms: spent() });
        throw error;
      }
    },
  };
}

/** @returns a meter that counts nothing. */
export function noMeter(): CallMeter {
  return { sent: () => undefined, time: (call) => call() };
}

/** What calls to one provider came to on one day. */
export type SourceCalls = {
  provider: string;
  requests: number;
  answered: number;
  limited: number;
  refused: number;
  failed: number;
  left_alone: number;
  /** Of a call, waiting for its turn and further attempts included. */
  average_ms: number;
};

/** @returns what was counted on a day (UTC) by all processes, of providers that were asked at all. */
export async function readSourceCalls(
  redis: ReturnType<typeof producerRedis>,
  providers: readonly string[] = [...PROVIDER_IDS, 'web'],
  day = new Date(),
): Promise<SourceCalls[]> {
  const counted = await Promise.all(providers.map((provider) => redis.hgetall(callsKey(provider, day))));
  return counted.flatMap((counts, index) => {
    const of = (name: string) => Number(counts[name] ?? 0);
    const [requests, answered, limited, refused] = [of('requests'), of('answered'), of('limited'), of('refused')];
    const [failed, left_alone] = [of('failed'), of('left_alone')];
    const calls = answered + limited + refused + failed + left_alone + of('stopped');
    if (requests + calls === 0) return [];
    const average_ms = calls === 0 ? 0 : Math.round(of('ms') / calls);
    return [{ provider: providers[index] ?? '', requests, answered, limited, refused, failed, left_alone, average_ms }];
  });
}

function callsKey(id: string, day: Date): string {
  return `${config().redis.prefix}:calls:${id}:${day.toISOString().slice(0, 10)}`;
}

function outcomeOf(error: unknown): string {
  if (!(error instanceof AppError)) return 'stopped';
  if (error.extras.left_alone === true) return 'left_alone';
  if (error.code === 'provider_rate_limited') return 'limited';
  return ['provider_rejected', 'provider_credits'].includes(error.code) ? 'refused' : 'failed';
}
