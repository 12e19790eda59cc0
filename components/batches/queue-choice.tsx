'use client';

import { QUEUE_NAMES, QUEUE_WORDS, type QueueName } from '@/components/jobs/queue-names';

const PURPOSES: Record<QueueName, string> = {
  research: 'A report of eight sections on each, every sentence with its source.',
  enrichment: 'Fills in what the register and filed accounts say.',
  scoring: 'A lead score out of 100, with its reasons.',
  'buying-signals': 'Looks through the filings for funding, new people, charges and moves.',
};

type QueueChoiceProps = { value: QueueName; onChange: (queue: QueueName) => void };

/** Which work is to be done. */
export function QueueChoice({ value, onChange }: QueueChoiceProps) {
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 font-medium text-sm">What to do</legend>
      {QUEUE_NAMES.map((queue) => (
        <label
          key={queue}
          className="flex cursor-pointer gap-3 rounded-md border px-3 py-2 transition-colors hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2"
        >
          <input
            type="radio"
            name="queue"
            value={queue}
            checked={queue === value}
            onChange={() => onChange(queue)}
            className="mt-1 self-start accent-accent focus-visible:outline-none"
          />
          <span className="min-w-0">
            <span className="block font-medium text-sm">{QUEUE_WORDS[queue].title}</span>
            <span className="block text-pretty text-[0.8125rem] text-muted-foreground">{PURPOSES[queue]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
