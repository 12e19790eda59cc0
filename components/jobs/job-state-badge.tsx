import { Ban, CircleAlert, CircleCheck, Clock, Timer } from 'lucide-react';
import { Badge, type BadgeTone } from '@/components/ui/badge';
import { Spinner } from '@/components/ui/spinner';
import type { JobState } from '@/types/jobs';

export const STATE_WORDS: Record<JobState, string> = {
  queued: 'Waiting',
  delayed: 'Will try again',
  active: 'Running',
  completed: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

const TONES: Record<JobState, BadgeTone> = {
  queued: 'neutral',
  delayed: 'warning',
  active: 'accent',
  completed: 'success',
  failed: 'danger',
  cancelled: 'neutral',
};

const ICONS = { queued: Clock, delayed: Timer, completed: CircleCheck, failed: CircleAlert, cancelled: Ban };

type JobStateBadgeProps = {
  state: JobState;
  /** Somebody has asked for it to be stopped, and it has not yet. */
  cancelling?: boolean;
};

export function JobStateBadge({ state, cancelling = false }: JobStateBadgeProps) {
  if (cancelling) {
    return (
      <Badge tone="warning">
        <Spinner className="size-3" />
        Cancelling
      </Badge>
    );
  }
  return (
    <Badge tone={TONES[state]}>
      <StateIcon state={state} />
      {STATE_WORDS[state]}
    </Badge>
  );
}

function StateIcon({ state }: { state: JobState }) {
  if (state === 'active') return <Spinner className="size-3" />;
  const Icon = ICONS[state];
  return <Icon aria-hidden />;
}
