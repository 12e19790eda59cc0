import { expect, it } from 'vitest';
import { redisProblems } from '@/lib/queue/process/redis-policy';

const good = { version: '7.0.15', policy: 'noeviction', persistence: 'append-only file', usedMemoryBytes: 1 } as const;

it('accepts a Redis that keeps what it is given', () => {
  expect(redisProblems(good)).toEqual([]);
  expect(redisProblems({ ...good, version: '6.2.0' })).toEqual([]);
});

it.each(['allkeys-lru', 'volatile-ttl', 'allkeys-random'])('says how to correct the policy %s', (policy) => {
  expect(redisProblems({ ...good, policy }).join()).toContain('maxmemory-policy noeviction');
});

it('refuses a Redis that is too old', () => {
  expect(redisProblems({ ...good, version: '5.0.14' }).join()).toContain('too old');
});
