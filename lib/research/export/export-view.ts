import { type FigureSeries, seriesOf } from '../figure-series';
import { type ReportDocument, SECTION_IDS, type Section, type SectionId, type Sentence } from '../schema';
import { type SignalCheckRow, signalChecksOf } from '../signal-checks';
import { summarise } from '../summary';
import { writtenPart } from '../written-part';
import { type CitedLine, type ExportGap, type ExportSource, toGaps, toSource } from './appendix';
import { type Citer, citerOf } from './citer';
import { type Fact, factsOf, notesOf, standingOf } from './facts';
import { changeText } from './figure-text';
import { oneLine } from './plain-text';
import { type ExportScore, toScore } from './score';

export type ExportSection = {
  id: SectionId;
  /** 1 to 8, its place in a whole report. */
  number: number;
  title: string;
  /** Its coverage, confidence and age in a line. */
  standing: string;
  lines: CitedLine[];
};
export type ExportFigures = Omit<FigureSeries, 'points' | 'change'> & {
  points: { periodEnd: string; value: number; sources: readonly number[] }[];
  /** Empty where there is nothing to compare. */
  change: CitedLine;
};
/** What was looked for and what came of it, with where. */
export type ExportCheck = CitedLine & Pick<SignalCheckRow, 'title' | 'outcome' | 'result'>;
export type ExportSignal = CitedLine & { eventDate: string; expiresOn: string; confidence: number };

/** A report as every rendering shows it: texts of one line, without invisible characters, sources by their numbers. */
export type ExportView = {
  reportId: string;
  name: string;
  number: string;
  /** ISO instant. */
  generatedAt: string;
  isDemo: boolean;
  /** What to know before reading: invented data, an unfinished report, sources that did not answer. */
  notes: string[];
  facts: Fact[];
  summary: { title: string; lines: CitedLine[] }[];
  sections: ExportSection[];
  figures: ExportFigures[];
  signals: ExportSignal[];
  checks: ExportCheck[];
  /** Null for an unfinished report. */
  score: ExportScore | null;
  gaps: ExportGap[];
  sources: ExportSource[];
};

/** @param finished false for a report that ended before all its sections were written. */
export function toExportView(whole: ReportDocument, finished: boolean): ExportView {
  const document = finished ? whole : writtenPart(whole);
  const { report } = document;
  const cite = citerOf(document);
  const lines = (sentences: readonly Sentence[]) => sentences.map((sentence) => toLine(sentence, cite));
  return {
    reportId: report.id,
    name: oneLine(report.company.name),
    number: oneLine(report.company.company_number),
    generatedAt: report.generated_at,
    isDemo: report.is_demo,
    notes: notesOf(document, finished),
    facts: factsOf(document),
    summary: summarise(document).map(({ title, sentences }) => ({ title, lines: lines(sentences) })),
    sections: document.sections.map((section) => toSection(section, lines(section.sentences))),
    figures: figuresOf(document, cite),
    signals: signalsOf(document, cite),
    checks: checksOf(document, cite),
    score: finished ? toScore(document.score, cite) : null,
    gaps: toGaps(document),
    sources: document.sources.map(toSource),
  };
}

function toLine({ text, statements }: Sentence, cite: Citer): CitedLine {
  return { text: oneLine(text), sources: cite.statements(statements) };
}

function toSection(section: Section, lines: CitedLine[]): ExportSection {
  return {
    id: section.id,
    number: SECTION_IDS.indexOf(section.id) + 1,
    title: oneLine(section.title),
    standing: standingOf(section),
    lines,
  };
}

function figuresOf(document: ReportDocument, cite: Citer): ExportFigures[] {
  return seriesOf(document).map(({ points, change, ...series }) => ({
    ...series,
    points: points.map(({ statement, ...point }) => ({ ...point, sources: cite.statements([statement]) })),
    change: {
      text: change === null ? '' : changeText(change, series),
      sources: change?.statement ? cite.statements([change.statement]) : [],
    },
  }));
}

function signalsOf(document: ReportDocument, cite: Citer): ExportSignal[] {
  return [...document.signals]
    .sort((a, b) => b.event_date.localeCompare(a.event_date))
    .map((signal) => ({
      text: oneLine(signal.title),
      sources: cite.evidence(signal.evidence),
      eventDate: signal.event_date,
      expiresOn: signal.expires_on,
      confidence: signal.confidence,
    }));
}

function checksOf(document: ReportDocument, cite: Citer): ExportCheck[] {
  return signalChecksOf(document).map(({ title, outcome, result, note, evidence }) => ({
    title: oneLine(title),
    outcome,
    result,
    text: oneLine(note),
    sources: cite.evidence(evidence),
  }));
}
