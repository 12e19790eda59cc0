'use client';

import { FileSearch, Gauge, type LucideIcon, Radar, Sparkles } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ComponentProps, useState } from 'react';
import { type JobAnswer, reportIdOf } from '@/components/jobs/job-answer';
import { JobProgress } from '@/components/jobs/job-progress';
import { QUEUE_NAMES, QUEUE_WORDS, type QueueName } from '@/components/jobs/queue-names';
import { QuotaNote } from '@/components/jobs/quota-note';
import { useQuota } from '@/components/jobs/use-quota';
import { useRefreshOnStep } from '@/components/jobs/use-refresh-on-step';
import { type ResearchWishes, type Started, useStartJob } from '@/components/jobs/use-start-job';
import { Button } from '@/components/ui/button';
import { ResearchWishesDialog } from './research-wishes';
import { type Notice, StartNotice } from './start-notice';

type CompanyActionsProps = {
  companyId: string;
  /** Jobs of this company that were under way when the page was made: a reload loses nothing. */
  running: readonly { queue: QueueName; jobId: string }[];
};

const ACTIONS: Record<QueueName, { label: string; icon: LucideIcon; anchor: string; see: string }> = {
  research: { label: 'Research', icon: FileSearch, anchor: 'reports', see: 'Open the report' },
  enrichment: { label: 'Enrich', icon: Sparkles, anchor: 'facts', see: 'See the facts' },
  scoring: { label: 'Score', icon: Gauge, anchor: 'score', see: 'See the score' },
  'buying-signals': { label: 'Find signals', icon: Radar, anchor: 'signals', see: 'See the signals' },
};

type ActionState = { jobId?: string; notice?: Notice };
type ActionStates = Partial<Record<QueueName, ActionState>>;

/** The four things that can be done with a company; each becomes its own live progress below the buttons. */
export function CompanyActions({ companyId, running }: CompanyActionsProps) {
  const router = useRouter();
  const [states, setStates] = useState<ActionStates>(() =>
    Object.fromEntries(running.map(({ queue, jobId }) => [queue, { jobId }])),
  );
  const become = (queue: QueueName, state: ActionState) => setStates((all) => ({ ...all, [queue]: state }));
  const handlers = (queue: QueueName) => ({
    onStarted: (started: Started, wishes: ResearchWishes) => {
      become(queue, afterStart(started, wishes));
      // A research appears in the list of reports at once; work done within the request is there to be seen.
      router.refresh();
    },
    onFailed: (error: Error, wishes: ResearchWishes) => become(queue, { notice: { kind: 'failed', error, wishes } }),
  });
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        {QUEUE_NAMES.map((queue) => (
          <StartButton key={queue} companyId={companyId} queue={queue} {...handlers(queue)} />
        ))}
      </div>
      <QuotaNote />
      {QUEUE_NAMES.map((queue) => (
        <div key={queue} className="empty:hidden">
          {states[queue]?.notice && (
            <StartNotice companyId={companyId} queue={queue} notice={states[queue].notice} {...handlers(queue)} />
          )}
          {states[queue]?.jobId && (
            <ActionProgress
              jobId={states[queue].jobId}
              title={QUEUE_WORDS[queue].title}
              onEnd={() => router.refresh()}
              result={(answer) => <ResultLink queue={queue} answer={answer} />}
              onDismiss={() => become(queue, {})}
            />
          )}
        </div>
      ))}
    </div>
  );
}

function afterStart({ jobId, cachedReportId }: Started, wishes: ResearchWishes): ActionState {
  if (cachedReportId !== null) return { notice: { kind: 'cached', reportId: cachedReportId, wishes } };
  return jobId === null ? { notice: { kind: 'done' } } : { jobId };
}

type StartButtonProps = {
  companyId: string;
  queue: QueueName;
  onStarted: (started: Started, wishes: ResearchWishes) => void;
  onFailed: (error: Error, wishes: ResearchWishes) => void;
};

function StartButton({ companyId, queue, onStarted, onFailed }: StartButtonProps) {
  const start = useStartJob(companyId, queue, { onStarted, onFailed });
  const { icon: Icon, label } = ACTIONS[queue];
  const isResearch = queue === 'research';
  const usedUp = useQuota().data?.researches_remaining === 0 && isResearch;
  return (
    <>
      <Button
        variant={isResearch ? 'primary' : 'secondary'}
        pending={start.pending}
        disabled={usedUp}
        onClick={() => start.press()}
      >
        {!start.pending && <Icon aria-hidden />}
        {label}
      </Button>
      {isResearch && (
        <ResearchWishesDialog pending={start.pending || usedUp} onStart={(wishes) => start.press({ wishes })} />
      )}
    </>
  );
}

/** To what the work left; a report can be read while it is being written. */
function ResultLink({ queue, answer }: { queue: QueueName; answer: JobAnswer }) {
  const { see, anchor } = ACTIONS[queue];
  const reportId = queue === 'research' ? reportIdOf(answer) : null;
  const done = answer.job.status === 'completed';
  if (!done && (reportId === null || answer.job.status !== 'active')) return null;
  return (
    <Button asChild size="sm" variant={done ? 'primary' : 'secondary'}>
      {reportId ? (
        <Link href={`/reports/${reportId}`}>{done ? see : 'Read along'}</Link>
      ) : (
        <a href={`#${anchor}`}>{see}</a>
      )}
    </Button>
  );
}

/** Live progress that also brings the lists of the page up to date when the job starts to run. */
function ActionProgress(props: ComponentProps<typeof JobProgress>) {
  useRefreshOnStep(props.jobId, 'state');
  return <JobProgress {...props} />;
}
