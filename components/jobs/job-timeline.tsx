import { z } from 'zod';
import { formatExact, formatSecond } from '@/components/format/format-value';
import { cn } from '@/components/ui/cn';
import type { JobEvent } from '@/lib/queue/status/job-list';

const WORDS: Readonly<Record<string, string>> = {
  submitted: 'Requested',
  started: 'Started by a worker',
  step: 'Reached a step',
  retrying: 'Did not succeed, will try again',
  completed: 'Done',
  failed: 'Failed',
  cancel_requested: 'Cancel asked for',
  cancelled: 'Cancelled',
  recovered: 'Taken over from a worker that went away',
  released: 'Handed back by a worker that was restarting',
  quarantined: 'Set aside: it has stopped its worker three times',
};

const detailSchema = z.object({
  reason: z.string().optional(),
  message: z.string().optional(),
  step: z.object({ label: z.string() }).optional(),
});

/** What happened to a job, oldest first. */
export function JobTimeline({ events }: { events: readonly JobEvent[] }) {
  return (
    <ol className="flex flex-col">
      {events.map((event) => (
        <TimelineEntry key={event.id} event={event} />
      ))}
    </ol>
  );
}

function TimelineEntry({ event }: { event: JobEvent }) {
  const detail = detailSchema.safeParse(event.detail);
  const step = detail.success ? detail.data.step?.label : undefined;
  const why = detail.success ? (detail.data.message ?? detail.data.reason) : undefined;
  const bad = ['failed', 'retrying', 'quarantined'].includes(event.type);
  return (
    <li className="relative flex gap-3 pb-3 pl-5 before:absolute before:top-2.5 before:bottom-[-0.375rem] before:left-[0.1875rem] before:w-px before:bg-border last:pb-0 last:before:hidden">
      <span
        aria-hidden
        className={cn(
          'absolute top-1.5 left-0 size-[0.4375rem] rounded-full',
          bad ? 'bg-danger-solid' : 'bg-border-strong',
        )}
      />
      <div className="min-w-0 flex-1 text-[0.8125rem]">
        <p className={step ? 'text-muted-foreground' : 'font-medium'}>
          {step ?? WORDS[event.type] ?? event.type}
          {event.attempt !== null && event.attempt > 1 && (
            <span className="font-normal text-muted-foreground">, attempt {event.attempt}</span>
          )}
        </p>
        {why && <p className="text-pretty text-muted-foreground">{why}</p>}
      </div>
      <time dateTime={event.at} title={formatExact(event.at)} className="shrink-0 text-muted-foreground text-xs">
        {formatSecond(event.at)}
      </time>
    </li>
  );
}
