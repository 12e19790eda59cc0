import { SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Citation } from '@/components/evidence/citation';
import { confidenceBand, formatPercent } from '@/components/format/format-value';
import { RelativeTime } from '@/components/format/relative-time';
import { Badge } from '@/components/ui/badge';
import { cn } from '@/components/ui/cn';
import { Skeleton } from '@/components/ui/skeleton';
import type { Gap, Section, SectionId, Sentence } from '@/lib/research/schema';
import { citeStatements, type ReportIndex } from './report-index';
import { SectionFields } from './section-fields';
import { SECTION_TITLES } from './section-titles';

type ReportSectionProps = {
  number: number;
  section: Section;
  index: ReportIndex;
  /** Tables that belong to this section, such as signals or the score. */
  children?: ReactNode;
};

export function ReportSection({ number, section, index, children }: ReportSectionProps) {
  return (
    <section
      id={section.id}
      aria-labelledby={`${section.id}-title`}
      className="flex animate-arrive flex-col gap-3 border-t py-8"
    >
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h2 id={`${section.id}-title`} className="font-semibold text-lg tracking-tight">
          <span className="mr-2 text-muted-foreground">{number}</span>
          {section.title}
        </h2>
        <SectionStanding section={section} />
      </div>
      <div className="flex max-w-[72ch] flex-col gap-2 text-[0.9375rem] leading-7">
        {section.sentences.map((sentence) => (
          <SentenceLine key={sentence.text} sentence={sentence} index={index} />
        ))}
      </div>
      {children}
      <SectionFields section={section} index={index} />
    </section>
  );
}

function SectionStanding({ section }: { section: Section }) {
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[0.8125rem] text-muted-foreground">
      <span>Coverage {formatPercent(section.coverage)}</span>
      {section.confidence !== null && <span>Confidence {confidenceBand(section.confidence)}</span>}
      <span>
        as of <RelativeTime value={section.as_of} />
      </span>
      {section.stale && <Badge tone="warning">Older data</Badge>}
    </p>
  );
}

/** Characters. */
const KEPT_WITH_MARK = 16;

/** A sentence with the marks of its sources; one that reports a gap links to where the gap is explained. */
export function SentenceLine({ sentence, index }: { sentence: Sentence; index: ReportIndex }) {
  const gap = sentence.gaps.flatMap((id) => index.gaps.get(id) ?? [])[0];
  const citations = citeStatements(index, sentence.statements);
  // Of a long word, such as a mailbox, the end is enough: it has to break on a narrow screen.
  const lastWord = Math.max(sentence.text.lastIndexOf(' ') + 1, sentence.text.length - KEPT_WITH_MARK);
  return (
    <p className={cn('wrap-anywhere', gap && citations.length === 0 && 'text-muted-foreground')}>
      {sentence.text.slice(0, lastWord)}
      {/* The first mark never stands alone at the start of a line. */}
      <span className="whitespace-nowrap">
        {sentence.text.slice(lastWord)}
        {citations.slice(0, 1).map((citation) => (
          <Citation key={citation.number} {...citation} />
        ))}
        {gap && citations.length <= 1 && <GapMark gap={gap} />}
      </span>
      {citations.slice(1).map((citation) => (
        <Citation key={citation.number} {...citation} />
      ))}
      {gap && citations.length > 1 && <GapMark gap={gap} />}
    </p>
  );
}

const GAP_MARKS: Record<Gap['reason'], string> = {
  not_found: 'not found',
  not_disclosed: 'not disclosed',
  source_failed: 'not answered',
  not_configured: 'not looked up',
  not_applicable: 'why not',
};

function GapMark({ gap }: { gap: Pick<Gap, 'id' | 'reason'> }) {
  return (
    <a
      href={`#${gap.id}`}
      className="mx-1 inline-flex items-center gap-1 rounded-sm bg-muted px-1 align-[0.1em] text-muted-foreground text-xs hover:text-foreground"
    >
      <SearchX aria-hidden className="size-3" />
      {GAP_MARKS[gap.reason]}
    </a>
  );
}

/** Keeps the place of a section that is still to come. */
export function PendingSection({ id, number, stopped }: { id: SectionId; number: number; stopped: boolean }) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} aria-busy={!stopped} className="flex flex-col gap-3 border-t py-8">
      <h2 id={`${id}-title`} className="font-semibold text-lg text-muted-foreground tracking-tight">
        <span className="mr-2">{number}</span>
        {SECTION_TITLES[id]}
      </h2>
      {stopped ? (
        <p className="text-muted-foreground">Not written: the research ended before this section.</p>
      ) : (
        <div className="flex max-w-[72ch] flex-col gap-3">
          <p className="sr-only">Still being written</p>
          <Skeleton className="h-4 w-full" />
          <Skeleton className="h-4 w-11/12" />
          <Skeleton className="h-4 w-3/5" />
        </div>
      )}
    </section>
  );
}
