'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { JobProgress } from '@/components/jobs/job-progress';
import { useJob } from '@/components/jobs/use-job';

/** Progress above a report that is being written; each finished step brings the new section onto the page. */
export function LiveReport({ jobId }: { jobId: string }) {
  const router = useRouter();
  const { answer } = useJob(jobId);
  const step = answer?.step?.name;
  const shown = useRef(step);
  useEffect(() => {
    if (step === undefined || step === shown.current) return;
    shown.current = step;
    router.refresh();
  }, [step, router]);
  return <JobProgress jobId={jobId} title="Research" onEnd={() => router.refresh()} />;
}
