import type { ReactNode } from 'react';
import type { FigureSeries } from '@/lib/research/figure-series';
import { type ReportScore, type ReportSignal, SECTION_IDS, type SectionId } from '@/lib/research/schema';
import type { SignalCheckRow } from '@/lib/research/signal-checks';
import { type ContentsEntry, ContentsRail } from './contents-rail';
import { ReportFigures } from './figures/report-figures';
import { ReportChecks } from './report-checks';
import { ReportScorePanel, ReportSignals } from './report-extras';
import { ReportGaps } from './report-gaps';
import { type ReportBody as Body, indexReport } from './report-index';
import { PendingSection, ReportSection } from './report-section';
import { ReportSources } from './report-sources';
import { SECTION_TITLES } from './section-titles';

type ReportBodyProps = {
  body: Body;
  signals: readonly ReportSignal[];
  /** Of the filed accounts. */
  figures: readonly FigureSeries[];
  /** What was looked for. */
  checks: readonly SignalCheckRow[];
  /** Null until the report is finished. */
  score: ReportScore | null;
  /** Sections that are missing will not come any more. */
  over: boolean;
};

/** The eight sections in their order, whether written yet or not, then gaps and sources. */
export function ReportBody({ body, signals, figures, checks, score, over }: ReportBodyProps) {
  const index = indexReport(body);
  const written = new Map(body.sections.map((section) => [section.id, section]));
  const entries = contents([...written.keys()], over);
  const extras: Partial<Record<SectionId, ReactNode>> = {
    financials: <ReportFigures figures={figures} index={index} />,
    signals: (
      <>
        <ReportSignals signals={signals} index={index} />
        <ReportChecks rows={checks} index={index} />
      </>
    ),
    approach: score && <ReportScorePanel score={score} index={index} />,
  };
  return (
    <div className="grid gap-x-12 lg:grid-cols-[minmax(0,1fr)_14rem]">
      <div className="order-first mb-6 lg:order-last lg:mb-0 print:hidden">
        <details className="rounded-lg border bg-surface lg:hidden">
          <summary className="px-4 py-2.5 font-medium">Contents</summary>
          <div className="px-4 pb-3">
            <ContentsRail entries={entries} />
          </div>
        </details>
        <div className="hidden lg:sticky lg:top-8 lg:block">
          <ContentsRail entries={entries} />
        </div>
      </div>
      <article className="min-w-0 [&>section:first-child]:border-t-0 [&>section:first-child]:pt-0">
        {SECTION_IDS.map((id, position) => {
          const section = written.get(id);
          if (!section) return <PendingSection key={id} id={id} number={position + 1} stopped={over} />;
          return (
            <ReportSection key={id} number={position + 1} section={section} index={index}>
              {extras[id]}
            </ReportSection>
          );
        })}
        <ReportGaps gaps={body.gaps} />
        <ReportSources sources={body.sources} />
      </article>
    </div>
  );
}

function contents(written: readonly string[], over: boolean): ContentsEntry[] {
  const sections = SECTION_IDS.map((id) => ({
    id,
    title: SECTION_TITLES[id],
    state: written.includes(id) || over ? ('ready' as const) : ('waiting' as const),
  }));
  return [
    ...sections,
    { id: 'gaps', title: 'What we could not find', state: 'ready' },
    { id: 'sources', title: 'Sources', state: 'ready' },
  ];
}
