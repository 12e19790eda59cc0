import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import { producerRedis } from '@/lib/queue/redis-client';
import { readSourceCalls, redisMeter } from '@/lib/sources/outbound/call-meter';

it('the operator sees what today’s calls to a provider came to, whatever process made them', async () => {
  const id = `provider-${randomUUID()}`;
  const fail = (code: 'provider_unavailable' | 'provider_rate_limited' | 'provider_credits', extras = {}) =>
    redisMeter(id, producerRedis)
      .time(() => Promise.reject(new AppError(code, { extras })))
      .catch(() => undefined);
  const meter = redisMeter(id, producerRedis);
  for (let request = 0; request < 3; request += 1) meter.sent();
  expect(await meter.time(async () => 'answer')).toBe('answer');
  await fail('provider_unavailable');
  await fail('provider_unavailable', { left_alone: true });
  await fail('provider_rate_limited');
  await fail('provider_credits');
  await expect
    .poll(() => readSourceCalls(producerRedis(), [id, `never-asked-${randomUUID()}`]))
    .toEqual([
      {
        provider: id,
        requests: 3,
        answered: 1,
        limited: 1,
        refused: 1,
        failed: 1,
        left_alone: 1,
        average_ms: expect.any(Number),
      },
    ]);
});
