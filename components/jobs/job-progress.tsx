'use client';

import { WifiOff, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { ApiError } from '@/components/http/api-fetch';
import { SignInAgain } from '@/components/shell/sign-in-again';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Progress } from '@/components/ui/progress';
import { Skeleton } from '@/components/ui/skeleton';
import { isTerminal } from '@/types/jobs';
import type { JobAnswer } from './job-answer';
import { JobStateBadge } from './job-state-badge';
import { describeJob, describeRemaining } from './job-words';
import { type FollowedJob, useJob } from './use-job';
import { useJobActions } from './use-job-actions';

type JobProgressProps = {
  jobId: string;
  /** What is being done, such as "Research". */
  title: string;
  /** Called once when the job is seen to have ended. */
  onEnd?: (answer: JobAnswer) => void;
  /** What a person can open at this point of the job. */
  result?: (answer: JobAnswer) => ReactNode;
  /** Takes an ended job off the page. */
  onDismiss?: () => void;
};

/** A job's live progress in place: what it does now, how far it is, and what can be done about it. */
export function JobProgress({ jobId, title, onEnd, result, onDismiss }: JobProgressProps) {
  const job = useJob(jobId, onEnd);
  const { answer } = job;
  if (!answer) return job.error ? <Unreadable error={job.error} title={title} /> : <Waiting title={title} />;
  const over = isTerminal(answer.job.status);
  return (
    <section
      aria-label={`${title} progress`}
      className="flex animate-fade flex-col gap-2 rounded-lg border bg-surface p-4"
    >
      <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-2">
        <h2 className="font-medium text-sm">{title}</h2>
        <JobStateBadge state={answer.job.status} />
        {answer.job.attempt > 1 && (
          <span className="text-muted-foreground text-xs">
            attempt {answer.job.attempt} of {answer.job.max_attempts}
          </span>
        )}
        <div className="ml-auto flex items-center gap-2">
          {result?.(answer)}
          <JobButtons answer={answer} title={title} />
          {over && onDismiss && (
            <Button
              variant="ghost"
              size="icon-sm"
              onClick={onDismiss}
              aria-label={`Hide ${title.toLowerCase()} progress`}
            >
              <X aria-hidden />
            </Button>
          )}
        </div>
      </div>
      <ProgressLine answer={answer} title={title} />
      <p aria-live="polite" className={answer.job.status === 'failed' ? 'text-danger-text' : 'text-muted-foreground'}>
        {describeJob(answer)}
      </p>
      <Connection job={job} />
    </section>
  );
}

function ProgressLine({ answer, title }: { answer: JobAnswer; title: string }) {
  const { status, progress } = answer.job;
  if (status === 'completed' || status === 'cancelled') return null;
  const remaining = describeRemaining(answer, Date.now());
  return (
    <div className="flex items-center gap-3">
      <Progress value={progress} label={`${title}, percent done`} tone={status === 'failed' ? 'danger' : 'accent'} />
      <span className="w-9 shrink-0 text-right text-xs">{Math.round(progress)}%</span>
      {remaining && <span className="hidden w-32 shrink-0 text-muted-foreground text-xs sm:inline">{remaining}</span>}
    </div>
  );
}

function JobButtons({ answer, title }: { answer: JobAnswer; title: string }) {
  const { cancel, retry } = useJobActions(answer.job.id);
  const name = title.toLowerCase();
  if (!isTerminal(answer.job.status)) {
    const cancelling = cancel.isPending || answer.cancelling === true;
    return (
      <Button size="sm" pending={cancelling} onClick={() => cancel.mutate()} aria-label={`Cancel ${name}`}>
        {cancelling ? 'Cancelling' : 'Cancel'}
      </Button>
    );
  }
  if (answer.job.status === 'completed') return null;
  return (
    <Button size="sm" pending={retry.isPending} onClick={() => retry.mutate()} aria-label={`Try ${name} again`}>
      Try again
    </Button>
  );
}

/** Why the numbers above may be old; the job itself goes on. */
function Connection({ job }: { job: FollowedJob }) {
  const offline = job.fetchStatus === 'paused';
  if (!offline && !job.error) return null;
  return (
    <p role="status" className="flex items-center gap-2 text-[0.8125rem] text-warning-text">
      <WifiOff aria-hidden className="size-3.5" />
      {offline ? 'You are offline. The work goes on; this catches up when you are back.' : unreachableText(job.error)}
    </p>
  );
}

function unreachableText(error: Error | null): string {
  if (error instanceof ApiError && error.status === 401)
    return 'You have been signed out. The work goes on; sign in again to follow it.';
  return 'The server does not answer just now. The work goes on; asking again shortly.';
}

function Waiting({ title }: { title: string }) {
  return (
    <section
      aria-label={`${title} progress`}
      aria-busy
      className="flex flex-col gap-3 rounded-lg border bg-surface p-4"
    >
      <h2 className="flex min-h-8 items-center font-medium text-sm">{title}: asking how far it is</h2>
      <Skeleton className="h-1.5 w-full" />
      <Skeleton className="h-4 w-1/2" />
    </section>
  );
}

function Unreadable({ error, title }: { error: Error; title: string }) {
  if (error instanceof ApiError && error.status === 401) {
    return (
      <Alert tone="warning" title="You have been signed out" action={<SignInAgain />}>
        The work goes on without this page.
      </Alert>
    );
  }
  return (
    <Alert tone="danger" title={`${title}: its progress cannot be shown`}>
      {error instanceof ApiError ? error.detail : 'Reload the page to try again. The work goes on.'}
    </Alert>
  );
}
