import { Ban, CircleCheck, TriangleAlert } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import { Spinner } from '@/components/ui/spinner';
import type { Batch } from '@/types/batches';

const RUNNING_WORDS = { preparing: 'Preparing', running: 'Running', cancelling: 'Cancelling' };

export function BatchStatusBadge({ batch: { status, counts } }: { batch: Batch }) {
  if (status === 'cancelled') {
    return (
      <Badge>
        <Ban aria-hidden />
        Cancelled
      </Badge>
    );
  }
  if (status === 'completed') {
    return counts.failed > 0 ? (
      <Badge tone="warning">
        <TriangleAlert aria-hidden />
        Done, some failed
      </Badge>
    ) : (
      <Badge tone="success">
        <CircleCheck aria-hidden />
        Done
      </Badge>
    );
  }
  return (
    <Badge tone={status === 'cancelling' ? 'warning' : 'accent'}>
      <Spinner className="size-3" />
      {RUNNING_WORDS[status]}
    </Badge>
  );
}
