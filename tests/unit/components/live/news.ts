import { jobAnswerSchema } from '@/components/jobs/job-answer';
import type { FollowedJob } from '@/components/jobs/live/followed-job';

/** News of a research as a stream or a poll would bring them. */
export function news(version: number, progress = 0, status = 'active', attempt = 1): FollowedJob {
  const answer = jobAnswerSchema.parse({
    job: { id: 'research:DM000001:1', status, progress, attempt, max_attempts: 2 },
    queue: 'research',
    created_at: '2025-10-12T10:00:00Z',
  });
  return { answer, version, etag: `"${version}"` };
}
