import { formatFieldName } from '@/components/format/field-names';
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
        <p className="text-muted-foreground">Nothing is missing so far.</p>
      ) : (
        <ul className="divide-y rounded-lg border bg-surface">
          {groupAlike(gaps).map((alike) => (
            <GapRow key={alike.gaps[0].id} {...alike} />
          ))}
        </ul>
      )}
    </section>
  );
}

type AlikeGaps = { gaps: [Gap, ...Gap[]] };

/** Fields of one section that are missing for the very same reason are told together. */
function groupAlike(gaps: readonly Gap[]): AlikeGaps[] {
  const groups = new Map<string, AlikeGaps>();
  for (const gap of gaps) {
    const key = JSON.stringify([gap.section, gap.reason, gap.detail]);
    const known = groups.get(key);
    if (known) known.gaps.push(gap);
    else groups.set(key, { gaps: [gap] });
  }
  return [...groups.values()];
}

function GapRow({ gaps }: AlikeGaps) {
  const [first] = gaps;
  const reason = REASONS[first.reason];
  return (
    <li className="flex flex-col gap-1.5 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <a
          href={`#${first.section}`}
          className="text-[0.8125rem] text-muted-foreground underline-offset-4 hover:underline"
        >
          {SECTION_TITLES[first.section]}
        </a>
        <Badge tone={reason.tone}>{reason.words}</Badge>
        <RelativeTime value={first.at} title="Looked" className="ml-auto text-muted-foreground text-xs" />
      </div>
      <ul className="flex flex-wrap gap-x-2 font-medium">
        {gaps.map((gap, position) => (
          <li key={gap.id} id={gap.id} className="rounded-sm target:bg-accent-soft target:text-accent-text">
            {formatFieldName(gap.field)}
            {position < gaps.length - 1 && ','}
          </li>
        ))}
      </ul>
      <p className="max-w-[80ch] text-pretty text-muted-foreground">{first.detail}</p>
    </li>
  );
}
