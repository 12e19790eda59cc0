import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readJob } from '@/lib/queue/job-ledger';
import { closeQueues } from '@/lib/queue/queue-manager';
import { addBatchEnrichmentJobs, addEnrichmentJob, getEnrichmentJob } from '@/lib/queue/queues/enrichment-queue';
import {
  addBatchResearchJobs,
  addResearchJob,
  cancelResearchJob,
  getResearchJob,
  retryResearchJob,
} from '@/lib/queue/queues/research-queue';
import { addScoringJob } from '@/lib/queue/queues/scoring-queue';
import { producerRedis } from '@/lib/queue/redis-client';
import { type QueueStack, startQueueStack } from '../../support/queue-stack';
import { createTestUser } from '../../support/users';

let stack: QueueStack;
let user_id: string;

beforeAll(async () => {
  stack = await startQueueStack();
});
beforeEach(async () => {
  user_id = (await createTestUser()).id;
});
afterAll(async () => {
  await closeQueues();
  await stack.stop();
});

const research = (company_id: string) => ({ user_id, company_id, company_name: 'Sample', force_refresh: true });

describe('the documented calls', () => {
  it('add one research job and look at it', async () => {
    const { id } = await addResearchJob(research('DM000001'));
    const job = await getResearchJob(String(id));
    expect(await job?.getState()).toBe('waiting');
    expect(job?.progress()).toBe(0);
    expect(job?.data).toMatchObject({ company_id: 'DM000001', user_id });
    expect(await getResearchJob('research:DM000001:1')).toBeNull();
  });

  it('add many enrichment jobs for nobody in particular', async () => {
    const jobs = await addBatchEnrichmentJobs([
      { business_id: 'DM000001', business_name: 'One' },
      { business_id: 'DM000002', business_name: 'Two' },
    ]);
    expect(jobs.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted']);
    expect(await readJob(String(jobs[1]?.id))).toMatchObject({ company_id: 'DM000002', user_id: null });
    expect((await getEnrichmentJob(String(jobs[0]?.id)))?.data).toMatchObject({ business_name: 'One' });
  });

  it('cancel and retry', async () => {
    const { id } = await addResearchJob(research('DM000003'));
    const jobId = String(id);
    expect(await cancelResearchJob(jobId)).toMatchObject({ outcome: 'cancelled' });
    expect(await getResearchJob(jobId)).toBeNull();
    expect(await retryResearchJob(jobId)).toMatchObject({ outcome: 'queued', enqueued: true });
    expect(await (await getResearchJob(jobId))?.getState()).toBe('waiting');
  });

  it('take only ids of their own queue', async () => {
    const { id } = await addScoringJob({ company_id: 'DM000004', company_name: 'Sample', user_id });
    await expect(cancelResearchJob(String(id))).rejects.toMatchObject({ code: 'job_not_found' });
  });
});

describe('a batch', () => {
  it('says of each payload what became of it, in order', async () => {
    const jobs = await addBatchResearchJobs([research('DM000005'), research('ZZ999999'), research('DM000006')]);
    expect(jobs).toMatchObject([
      { outcome: 'accepted' },
      { id: null, outcome: 'refused', error: { code: 'company_not_found' } },
      { outcome: 'accepted' },
    ]);
  });

  it('is refused as a whole when a payload is malformed', async () => {
    const payloads = [research('DM000007'), { ...research('DM000008'), company_name: '' }];
    await expect(addBatchResearchJobs(payloads)).rejects.toMatchObject({ code: 'invalid_request' });
    const { id } = await addResearchJob(research('DM000007'));
    expect((await readJob(String(id)))?.run_id).toBe(1);
  });

  it('waits behind what a person starts later', async () => {
    await producerRedis().flushall();
    const [batched] = await addBatchEnrichmentJobs([{ business_id: 'DM000009', business_name: 'Sample' }]);
    const { id: first } = await addEnrichmentJob({ business_id: 'DM000010', business_name: 'Sample', user_id });
    // Bull takes from the right.
    expect(await producerRedis().lrange('{test}:enrichment:wait', 0, -1)).toEqual([batched?.id, first]);
  });
});
