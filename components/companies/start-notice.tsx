'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { formatDate } from '@/components/format/format-value';
import { ApiError } from '@/components/http/api-fetch';
import { QUEUE_WORDS, type QueueName } from '@/components/jobs/queue-names';
import { type ResearchWishes, type Started, useStartJob } from '@/components/jobs/use-start-job';
import { SignInAgain } from '@/components/shell/sign-in-again';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';

/** What came of a press when it did not simply start something. */
export type Notice =
  | { kind: 'cached'; reportId: string; wishes: ResearchWishes }
  | { kind: 'done' }
  | { kind: 'failed'; error: Error; wishes: ResearchWishes };

type StartNoticeProps = {
  companyId: string;
  queue: QueueName;
  notice: Notice;
  onStarted: (started: Started, wishes: ResearchWishes) => void;
  onFailed: (error: Error, wishes: ResearchWishes) => void;
};

export function StartNotice({ companyId, queue, notice, onStarted, onFailed }: StartNoticeProps) {
  const again = useStartJob(companyId, queue, { onStarted, onFailed });
  if (notice.kind === 'failed') {
    const { error, wishes } = notice;
    return (
      <FailureNotice queue={queue} error={error} pending={again.pending} onAgain={() => again.press({ wishes })} />
    );
  }
  if (notice.kind === 'done') return <Alert tone="success" title={QUEUE_WORDS[queue].done} />;
  return (
    <Alert
      title="There is a fresh report already"
      action={
        <>
          <Button asChild size="sm" variant="primary">
            <Link href={`/reports/${notice.reportId}`}>Open the report</Link>
          </Button>
          <Button size="sm" pending={again.pending} onClick={() => again.press({ force: true, wishes: notice.wishes })}>
            Research again
          </Button>
        </>
      }
    >
      Nothing was started and no research was used. Researching again uses one of this month's.
    </Alert>
  );
}

type FailureNoticeProps = { queue: QueueName; error: Error; pending: boolean; onAgain: () => void };

function FailureNotice({ queue, error, pending, onAgain }: FailureNoticeProps) {
  const title = error instanceof ApiError ? error.title : 'Something went wrong';
  const detail = error instanceof ApiError ? error.detail : 'Nothing was started. Try again in a moment.';
  return (
    <Alert
      tone="danger"
      title={`${QUEUE_WORDS[queue].title}: ${title}`}
      action={failureAction(error, pending, onAgain)}
    >
      {detail} {resetText(error)}
    </Alert>
  );
}

function failureAction(error: Error, pending: boolean, onAgain: () => void): ReactNode {
  const status = error instanceof ApiError ? error.status : 500;
  if (status === 401) {
    return <SignInAgain />;
  }
  const helpsToRepeat = status === 0 || status >= 500;
  return helpsToRepeat ? (
    <Button size="sm" pending={pending} onClick={onAgain}>
      Try again
    </Button>
  ) : null;
}

const quotaProblemSchema = z.object({ code: z.literal('quota_exceeded'), resets_at: z.string() });

/** The day on which a used-up quota begins again; the problem document carries the quota's members. */
function resetText(error: Error): string {
  const problem = quotaProblemSchema.safeParse(error instanceof ApiError ? error.body : null);
  return problem.success ? `That is on ${formatDate(problem.data.resets_at)}.` : '';
}
