'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useJob } from './use-job';

/** What a step leaves behind is saved a moment after the step is announced. */
const SAVED_AFTER_MS = 400;

/**
 * Reads the page around again whenever the job moves on, so that what it left behind is shown.
 * @param by at every step, or only when its state changes.
 */
export function useRefreshOnStep(jobId: string, by: 'step' | 'state' = 'step'): void {
  const router = useRouter();
  const { answer } = useJob(jobId);
  const place = by === 'step' ? answer?.step?.name : answer?.job.status;
  const shown = useRef(place);
  useEffect(() => {
    if (place === undefined || place === shown.current) return;
    const timer = setTimeout(() => {
      shown.current = place;
      // Next answers a refresh that fails by loading the page anew: without a network that would lose it.
      if (navigator.onLine) router.refresh();
    }, SAVED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [place, router]);
}
