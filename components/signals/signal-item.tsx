import { Banknote, Cpu, Expand, type LucideIcon, Megaphone, ReceiptText, UserRoundCog } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatDate, formatPercent } from '@/components/format/format-value';
import { RelativeTime } from '@/components/format/relative-time';
import { Badge, type BadgeTone } from '@/components/ui/badge';

const KINDS: Readonly<Record<string, { words: string; icon: LucideIcon }>> = {
  funding: { words: 'Funding', icon: Banknote },
  expansion: { words: 'Expansion', icon: Expand },
  hiring: { words: 'Hiring', icon: Megaphone },
  technology_adoption: { words: 'Technology', icon: Cpu },
  executive_change: { words: 'People', icon: UserRoundCog },
  financial_event: { words: 'Financial', icon: ReceiptText },
};
const STRENGTHS: Readonly<Record<string, BadgeTone>> = { high: 'accent', medium: 'neutral', low: 'outline' };

export type SignalView = {
  type: string;
  title: string;
  eventDate: string;
  confidence: number;
  expiresOn: string;
  strength?: string | undefined;
  whyItMatters?: string | undefined;
};

type SignalItemProps = {
  signal: SignalView;
  /** Opens what the signal stands on. */
  evidence: ReactNode;
};

/** One dated event: when it happened, what it was, why it matters, and what proves it. */
export function SignalItem({ signal, evidence }: SignalItemProps) {
  const kind = KINDS[signal.type] ?? { words: signal.type, icon: ReceiptText };
  const expired = Date.parse(signal.expiresOn) < Date.now();
  return (
    <li className="flex gap-3 px-4 py-3">
      <kind.icon aria-hidden className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <p className="font-medium">{signal.title}</p>
          {signal.strength && <Badge tone={STRENGTHS[signal.strength] ?? 'neutral'}>{signal.strength}</Badge>}
          {expired && <Badge tone="outline">past its window</Badge>}
        </div>
        {signal.whyItMatters && <p className="text-pretty text-muted-foreground">{signal.whyItMatters}</p>}
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[0.8125rem] text-muted-foreground">
          <span>{kind.words}</span>
          <RelativeTime value={signal.eventDate} title="Happened on" />
          <span title={`Useful until ${formatDate(signal.expiresOn)}`}>
            confidence {formatPercent(signal.confidence)}
          </span>
          {evidence}
        </p>
      </div>
    </li>
  );
}
