import { Ban, CircleAlert, CircleCheck, CircleDashed, CircleSlash, Clock } from 'lucide-react';
import { Badge, type BadgeTone } from '@/components/ui/badge';
import { Spinner } from '@/components/ui/spinner';
import type { BatchOutcome } from '@/types/batches';
import { OUTCOME_WORDS } from './batch-words';

const TONES: Record<BatchOutcome, BadgeTone> = {
  pending: 'outline',
  queued: 'neutral',
  active: 'accent',
  completed: 'success',
  skipped: 'neutral',
  failed: 'danger',
  cancelled: 'neutral',
};
const ICONS = {
  pending: CircleDashed,
  queued: Clock,
  completed: CircleCheck,
  skipped: CircleSlash,
  failed: CircleAlert,
  cancelled: Ban,
};

export function OutcomeBadge({ outcome }: { outcome: BatchOutcome }) {
  return (
    <Badge tone={TONES[outcome]}>
      <OutcomeIcon outcome={outcome} />
      {OUTCOME_WORDS[outcome]}
    </Badge>
  );
}

function OutcomeIcon({ outcome }: { outcome: BatchOutcome }) {
  if (outcome === 'active') return <Spinner className="size-3" />;
  const Icon = ICONS[outcome];
  return <Icon aria-hidden />;
}
