'use client';

import { Countdown } from '@/components/format/countdown';
import { formatDuration } from '@/components/format/format-value';
import { RelativeTime } from '@/components/format/relative-time';
import { Progress } from '@/components/ui/progress';
import type { JobListItem } from '@/types/jobs';
import { describePlace } from './job-words';
import { queueTitle } from './queue-names';

/** How far a job is, when it goes on, or when it ended. */
export function JobTiming({ job }: { job: JobListItem }) {
  if (job.state === 'active') {
    return (
      <span className="flex items-center gap-3">
        <Progress value={job.progress} label={`${queueTitle(job.queue)}, percent done`} />
        <span className="w-9 shrink-0 text-right text-foreground text-xs">{Math.round(job.progress)}%</span>
      </span>
    );
  }
  if (job.state === 'delayed' && job.run_at) {
    return (
      <>
        Goes on <Countdown to={job.run_at} title="Next attempt" />
      </>
    );
  }
  const place = job.state === 'queued' ? describePlace(job.position) : null;
  const took = job.started_at && job.finished_at ? Date.parse(job.finished_at) - Date.parse(job.started_at) : null;
  return (
    <>
      {place && `${place}, asked `}
      <RelativeTime value={job.finished_at ?? job.created_at} title={job.finished_at ? 'Ended' : 'Requested'} />
      {took !== null && took >= 0 && `, took ${formatDuration(took)}`}
    </>
  );
}
