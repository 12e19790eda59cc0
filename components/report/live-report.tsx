'use client';

import { useRouter } from 'next/navigation';
import { JobProgress } from '@/components/jobs/job-progress';
import { useRefreshOnStep } from '@/components/jobs/use-refresh-on-step';

/** Progress above a report that is being written; each finished step brings the new section onto the page. */
export function LiveReport({ jobId }: { jobId: string }) {
  const router = useRouter();
  useRefreshOnStep(jobId);
  return <JobProgress jobId={jobId} title="Research" onEnd={() => router.refresh()} />;
}
