import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readHealth } from '@/lib/queue/health/health-report';
import { readJob } from '@/lib/queue/job-ledger';
import { stopWorkers } from '@/lib/queue/process/worker-process';
import { closeQueues } from '@/lib/queue/queue-manager';
import {
  atOnce,
  CONTRACTS,
  personAt,
  startAll,
  timelineOf,
  untilIt,
  untilStopped,
} from '../../support/contract-queues';
import { type QueueStack, startQueueStack } from '../../support/queue-stack';

let stack: QueueStack;

beforeAll(async () => {
  stack = await startQueueStack();
  startAll();
});
afterAll(async () => {
  await stopWorkers(5_000);
  await closeQueues();
  await stack.stop();
});

describe('all queues together', () => {
  it('are listed by the health report, with their workers', async () => {
    const report = await readHealth(CONTRACTS.map(({ definition }) => definition));
    const listed = report.queues.map(({ name, label, workers }) => ({ name, label, workers }));
    expect(listed).toEqual(CONTRACTS.map(({ definition: { name, label } }) => ({ name, label, workers: 1 })));
  });

  it('hand back what runs when their worker has to stop, and carry on in the next', async () => {
    const jobIds: string[] = [];
    for (const contract of CONTRACTS) {
      const person = personAt(contract);
      await person.newUser();
      person.behave(untilStopped);
      jobIds.push(await person.submitted());
    }
    await Promise.all(jobIds.map((jobId) => untilIt(jobId, 'active')));
    await stopWorkers(3_200);
    for (const jobId of jobIds)
      expect(await readJob(jobId)).toMatchObject({ state: 'queued', attempt: 0, error: null });
    for (const contract of CONTRACTS) personAt(contract).behave(atOnce);
    startAll();
    await Promise.all(jobIds.map((jobId) => untilIt(jobId, 'completed')));
    for (const jobId of jobIds) {
      expect(await readJob(jobId)).toMatchObject({ attempt: 1 });
      expect(await timelineOf(jobId)).toEqual(['submitted', 'started', 'released', 'started', 'completed']);
    }
  });
});
