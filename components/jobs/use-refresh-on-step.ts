'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useJob } from './use-job';

/** Reads the page around again whenever the job reaches another step, so that what the step left behind is shown. */
export function useRefreshOnStep(jobId: string): void {
  const router = useRouter();
  const { answer } = useJob(jobId);
  const step = answer?.step?.name;
  const shown = useRef(step);
  useEffect(() => {
    if (step === undefined || step === shown.current) return;
    shown.current = step;
    router.refresh();
  }, [step, router]);
}
