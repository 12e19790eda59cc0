'use client';

import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useNow } from '@/components/format/use-now';
import { Button } from '@/components/ui/button';
import { Progress } from '@/components/ui/progress';
import { isTerminal, type JobState } from '@/types/jobs';
import type { JobAnswer } from './job-answer';
import { ConnectionNote, UnreadableJob, UnreadJob } from './job-progress-states';
import { JobStateBadge } from './job-state-badge';
import { describeCount, describeJob } from './job-words';
import { useJob } from './use-job';
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
  const { answer, error } = useJob(jobId, onEnd);
  const actions = useJobActions(jobId);
  if (!answer) return error ? <UnreadableJob error={error} title={title} /> : <UnreadJob title={title} />;
  const over = isTerminal(answer.job.status);
  const cancelling = !over && (actions.cancel.isPending || answer.cancelling === true);
  return (
    <section
      aria-label={`${title} progress`}
      className="flex animate-fade flex-col gap-2 rounded-lg border bg-surface p-4"
    >
      <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-2">
        <h2 className="font-medium text-sm">{title}</h2>
        <JobStateBadge state={answer.job.status} cancelling={cancelling} />
        {answer.job.attempt > 1 && (
          <span className="text-muted-foreground text-xs">
            attempt {answer.job.attempt} of {answer.job.max_attempts}
          </span>
        )}
        <div className="ml-auto flex items-center gap-2">
          {result?.(answer)}
          <JobButtons state={answer.job.status} actions={actions} cancelling={cancelling} title={title} />
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
      <ProgressWords answer={cancelling ? { ...answer, cancelling } : answer} />
      <ConnectionNote error={error} over={over} />
    </section>
  );
}

const TONES = {
  queued: 'accent',
  delayed: 'accent',
  active: 'accent',
  completed: 'success',
  failed: 'danger',
  cancelled: 'neutral',
} as const satisfies Record<JobState, string>;

/** Stays when the job has ended: nothing below moves, and the shortest job is seen to have run. */
function ProgressLine({ answer, title }: { answer: JobAnswer; title: string }) {
  const { status } = answer.job;
  const progress = status === 'completed' ? 100 : answer.job.progress;
  return (
    <div className="flex items-center gap-3">
      <Progress value={progress} label={`${title}, percent done`} tone={TONES[status]} />
      <span className="w-9 shrink-0 text-right text-xs">{Math.round(progress)}%</span>
    </div>
  );
}

function ProgressWords({ answer }: { answer: JobAnswer }) {
  const now = useNow(isTerminal(answer.job.status) ? null : 1000);
  const count = describeCount(answer, now);
  return (
    <div
      className={`flex flex-wrap justify-between gap-x-4 ${answer.job.status === 'failed' ? 'text-danger-text' : 'text-muted-foreground'}`}
    >
      <p aria-live="polite" className="text-pretty">
        {describeJob(answer)}
      </p>
      {/* Counts by the second, which nobody wants to be read out; the words beside it give the time. */}
      {count && (
        <p aria-hidden className="text-[0.8125rem]">
          {count}
        </p>
      )}
    </div>
  );
}

type JobButtonsProps = {
  state: JobState;
  actions: ReturnType<typeof useJobActions>;
  cancelling: boolean;
  title: string;
};

function JobButtons({ state, actions: { cancel, retry }, cancelling, title }: JobButtonsProps) {
  const name = title.toLowerCase();
  if (!isTerminal(state)) {
    return (
      <Button size="sm" pending={cancelling} onClick={() => cancel.mutate()} aria-label={`Cancel ${name}`}>
        {cancelling ? 'Cancelling' : 'Cancel'}
      </Button>
    );
  }
  if (state === 'completed') return null;
  return (
    <Button size="sm" pending={retry.isPending} onClick={() => retry.mutate()} aria-label={`Try ${name} again`}>
      Try again
    </Button>
  );
}
