'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { Button } from '@/components/ui/button';
import { reportIdOf } from './job-answer';
import { JobProgress } from './job-progress';
import { useRefreshOnStep } from './use-refresh-on-step';

type JobViewProps = {
  jobId: string;
  title: string;
  companyId: string | null;
  /** It had ended when the page was made: there is nothing to read again. */
  over: boolean;
};

/** One job's live progress on its own page; the page is read again when the job moves on. */
export function JobView({ jobId, title, companyId, over }: JobViewProps) {
  const router = useRouter();
  useRefreshOnStep(jobId);
  return (
    <JobProgress
      jobId={jobId}
      title={title}
      onEnd={() => over || router.refresh()}
      result={(answer) => {
        if (answer.job.status !== 'completed') return null;
        const reportId = reportIdOf(answer);
        if (reportId) return <ResultButton href={`/reports/${reportId}`}>Open the report</ResultButton>;
        return companyId ? <ResultButton href={`/companies/${companyId}`}>Open the company</ResultButton> : null;
      }}
    />
  );
}

function ResultButton({ href, children }: { href: `/reports/${string}` | `/companies/${string}`; children: string }) {
  return (
    <Button asChild size="sm" variant="primary">
      <Link href={href}>{children}</Link>
    </Button>
  );
}
