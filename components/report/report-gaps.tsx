import { formatFieldName } from '@/components/format/format-value';
import { RelativeTime } from '@/components/format/relative-time';
import { Badge, type BadgeTone } from '@/components/ui/badge';
import type { Gap } from '@/lib/research/schema';
import { SECTION_TITLES } from './section-titles';

const REASONS: Record<Gap['reason'], { words: string; tone: BadgeTone }> = {
  not_disclosed: { words: 'Not disclosed', tone: 'neutral' },
  not_found: { words: 'Not found', tone: 'neutral' },
  source_failed: { words: 'Source did not answer', tone: 'warning' },
  not_configured: { words: 'Source not connected', tone: 'outline' },
  not_applicable: { words: 'Does not apply', tone: 'outline' },
};

/** What the report looked for and could not say, with the reason, so that silence is never mistaken for "nothing there". */
export function ReportGaps({ gaps }: { gaps: readonly Gap[] }) {
  return (
    <section id="gaps" aria-labelledby="gaps-title" className="flex flex-col gap-3 border-t py-8">
      <h2 id="gaps-title" className="font-semibold text-lg tracking-tight">
        What we could not find
      </h2>
      {gaps.length === 0 ? (
        <p className="text-muted-foreground">Everything this report looked for was answered.</p>
      ) : (
        <ul className="divide-y rounded-lg border bg-surface">
          {gaps.map((gap) => (
            <GapRow key={gap.id} gap={gap} />
          ))}
        </ul>
      )}
    </section>
  );
}

function GapRow({ gap }: { gap: Gap }) {
  const reason = REASONS[gap.reason];
  return (
    <li id={gap.id} className="flex flex-col gap-1 px-4 py-3 target:bg-accent-soft">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p className="font-medium">{formatFieldName(gap.field)}</p>
        <Badge tone={reason.tone}>{reason.words}</Badge>
        <a
          href={`#${gap.section}`}
          className="text-[0.8125rem] text-muted-foreground underline-offset-4 hover:underline"
        >
          {SECTION_TITLES[gap.section]}
        </a>
      </div>
      <p className="text-pretty text-muted-foreground">
        {gap.detail} <RelativeTime value={gap.at} title="Looked" className="text-xs" />
      </p>
    </li>
  );
}
