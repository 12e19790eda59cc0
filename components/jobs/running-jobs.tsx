'use client';

import { CircleCheck } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { EmptyState } from '@/components/ui/empty-state';
import type { JobListAnswer } from '@/types/jobs';
import { isTerminal } from '@/types/jobs';
import { JobRow } from './job-row';
import { useJobList } from './use-job-list';

type RunningJobsProps = { query: string; initial: JobListAnswer };

/** Of the latest jobs those that are under way. When one ends, the page around reads its lists again. */
export function RunningJobs({ query, initial }: RunningJobsProps) {
  const router = useRouter();
  const jobs = useJobList(query, initial);
  const running = jobs.data.items.filter((job) => !isTerminal(job.state));
  const before = useRef(running.length);
  useEffect(() => {
    if (running.length < before.current) router.refresh();
    before.current = running.length;
  }, [running.length, router]);
  if (running.length === 0) {
    return (
      <EmptyState icon={CircleCheck} title="Nothing is running" className="py-8">
        What you start is shown here while it runs.{' '}
        <Link href="/jobs" className="text-accent-text underline underline-offset-4">
          See earlier jobs
        </Link>
      </EmptyState>
    );
  }
  return (
    <ul aria-label="Running jobs" className="divide-y">
      {running.map((job) => (
        <JobRow key={job.id} job={job} />
      ))}
    </ul>
  );
}
