import { describe, expect, it } from 'vitest';
import type { QueueDefinition } from '@/lib/queue/define-queue';
import { queueNameOf } from '@/lib/queue/job-id';
import { findQueue, QUEUES, queueOfJob, type RegisteredQueue } from '@/lib/queue/queues';
import { researchPayloadSchema } from '@/lib/queue/queues/research-queue';
import { RUNNERS, runnerOf } from '@/lib/queue/workers';
import { sampleOf } from '../../support/queue-samples';

const USER = '7f7f7a4e-8a3b-4c1a-9d57-3f1f6c1c9b11';

describe('the registry', () => {
  it('has the four queues with the options of the product', () => {
    const options = QUEUES.map(({ name, priority, concurrency, timeoutMs, attempts }) => ({
      name,
      options: [priority, concurrency, timeoutMs / 1_000, attempts],
    }));
    expect(options).toEqual([
      { name: 'research', options: [1, 2, 180, 2] },
      { name: 'enrichment', options: [2, 5, 60, 3] },
      { name: 'buying-signals', options: [2, 5, 60, 3] },
      { name: 'scoring', options: [3, 10, 30, 3] },
    ]);
  });

  it('has no name, alias or variable twice', () => {
    const words = QUEUES.flatMap(({ name, aliases }) => [name, ...aliases]);
    expect(new Set(words).size).toBe(words.length);
    expect(new Set(QUEUES.map(({ envName }) => envName)).size).toBe(QUEUES.length);
  });

  it('knows the processor of every queue under its own name', () => {
    for (const queue of QUEUES) {
      expect(RUNNERS[queue.name].definition).toBe(queue);
      expect(runnerOf(queue.name).definition).toBe(queue);
    }
    expect(() => runnerOf('nonsense')).toThrow('nonsense');
  });

  it('finds queues by alias and by job id', () => {
    expect(findQueue('signals')?.name).toBe('buying-signals');
    expect(findQueue('nonsense')).toBeNull();
    expect(queueOfJob('buying-signals:DM000001:1697123456789')?.name).toBe('buying-signals');
    expect(queueOfJob('payroll:DM000001:1697123456789')).toBeNull();
  });
});

// Seen as any queue: a loop over all of them cannot know the payload of each.
const ANY_QUEUES: readonly [QueueDefinition, RegisteredQueue][] = QUEUES.map((queue) => [queue, queue]);

describe.each(ANY_QUEUES)('a payload of the $name queue', (definition, queue) => {
  const payload = sampleOf(queue).payload({ companyId: 'dm000001', companyName: 'Sample', userId: USER });

  it('says whose company it is about, with the number normalised', () => {
    const parsed = definition.payloadSchema.parse(payload);
    expect(definition.subject(parsed)).toEqual({ companyId: 'DM000001', companyName: 'Sample', userId: USER });
  });

  it.each(['', 'a b', 'wait:1', 'x'.repeat(65), '%41'])('refuses %j as a company id', (companyId) => {
    const malformed = sampleOf(queue).payload({ companyId, companyName: 'Sample', userId: USER });
    expect(queue.payloadSchema.safeParse(malformed).success).toBe(false);
  });
});

describe('job ids', () => {
  it.each(['wait', 'completed', '3', 'research:DM000001', 'research:a/b:1', ' research:DM000001:1', 'a:lock'])(
    '%j is not one',
    (text) => expect(queueNameOf(text)).toBeNull(),
  );
});

describe('the research payload', () => {
  it('limits what a person may write', () => {
    const base = { user_id: USER, company_id: 'DM000001', company_name: 'Sample' };
    expect(researchPayloadSchema.safeParse({ ...base, user_context: 'x'.repeat(2_001) }).success).toBe(false);
    expect(researchPayloadSchema.safeParse({ ...base, focus_areas: Array(11).fill('x') }).success).toBe(false);
    expect(researchPayloadSchema.safeParse({ ...base, focus_areas: ['growth'] }).success).toBe(true);
  });
});
