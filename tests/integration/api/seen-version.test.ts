import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { redisKeys } from '@/lib/queue/redis-keys';
import { readJobStatus } from '@/lib/queue/status/job-status';
import { callApi, untilEnded } from '../../support/api-client';
import { createTestUser } from '../../support/users';

let redis: Redis;
beforeAll(() => {
  redis = new Redis(process.env.REDIS_URL ?? '');
});
afterAll(() => redis.disconnect());

it('a status is not behind what its reader was shown by another process, also when Redis has come back older', async () => {
  const { accessToken: token } = await createTestUser();
  const answer = await callApi('POST', '/api/scoring/DM000004', { token, body: {} });
  const jobId = String(answer.body.job_id);
  const etag = (await untilEnded(jobId, token)).headers.get('etag');
  await redis.hset(redisKeys.job(jobId), { version: '2001', state: 'active', progress: '10' });

  const seen = Number(/\d+/.exec(etag ?? '')?.[0]);
  expect((await readJobStatus(jobId))?.state).toBe('active');
  expect((await readJobStatus(jobId, seen))?.state).toBe('completed');
  expect((await callApi('GET', `/api/jobs/${jobId}`, { token, headers: { 'if-none-match': etag ?? '' } })).status).toBe(
    304,
  );
});
