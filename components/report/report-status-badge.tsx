import { Badge, type BadgeTone } from '@/components/ui/badge';
import { Spinner } from '@/components/ui/spinner';

const WORDS: Readonly<Record<string, { words: string; tone: BadgeTone }>> = {
  pending: { words: 'Waiting', tone: 'neutral' },
  running: { words: 'Being written', tone: 'accent' },
  complete: { words: 'Complete', tone: 'success' },
  partial: { words: 'Partial', tone: 'warning' },
  failed: { words: 'Failed', tone: 'danger' },
  cancelled: { words: 'Cancelled', tone: 'neutral' },
};

export function ReportStatusBadge({ status }: { status: string }) {
  const known = WORDS[status] ?? { words: status, tone: 'neutral' as const };
  return (
    <Badge tone={known.tone}>
      {status === 'running' && <Spinner className="size-3" />}
      {known.words}
    </Badge>
  );
}
