import { describe, expect, it } from 'vitest';
import { BATCH_PRIORITY, BullVerdict, jobOptions } from '@/lib/queue/bull-options';

const job = (place: { delayMs?: number; priority?: number; waiting?: number; batch?: boolean }) =>
  jobOptions('scoring:DM000001:1', { delayMs: 0, priority: 3, waiting: 0, ...place });

describe('what Bull is told of a job', () => {
  it('never lets Bull give up or time out by itself', () => {
    expect(job({})).toMatchObject({ attempts: 1_000_000, backoff: { type: 'ledger' } });
    expect(job({})).not.toHaveProperty('timeout');
  });

  it('puts what a person started before batches', () => {
    expect(job({ priority: 1 })).toMatchObject({ priority: 1 });
    const batch = job({ priority: BATCH_PRIORITY });
    expect(batch).not.toHaveProperty('priority');
    expect(batch).not.toHaveProperty('lifo');
  });

  it('does not scan a long line to do so', () => {
    const place = job({ priority: 1, waiting: 10_001 });
    expect(place).toMatchObject({ lifo: true });
    expect(place).not.toHaveProperty('priority');
  });
});

it('keeps no ended job of a batch, and a bounded number of others', () => {
  expect(job({ batch: true })).toMatchObject({ removeOnComplete: true, removeOnFail: true });
  expect(job({})).toMatchObject({ removeOnComplete: { count: 1_000 }, removeOnFail: { count: 5_000 } });
});

it('a verdict says when Bull runs the job again', () => {
  expect(new BullVerdict('later', 5_000).delayMs).toBe(5_000);
  expect(new BullVerdict('never', null).delayMs).toBeNull();
});
