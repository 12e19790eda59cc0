import type { ReportDocument, Section } from '../schema';
import { counted } from '../writer/phrases';
import { dayText, oneLine, percentText } from './plain-text';

export type Fact = { name: string; value: string };

export const DEMO_NOTE = 'Demo: invented data. No such company exists.';

/** What the page's head says of a report. */
export function factsOf({ report, sections }: ReportDocument): Fact[] {
  const { coverage, confidence } = report;
  return [
    { name: 'Company number', value: oneLine(report.company.company_number) },
    { name: 'Data as of', value: dayText(report.as_of) },
    { name: 'Written', value: dayText(report.generated_at) },
    { name: 'Contents', value: `${sections.length} of 8 sections, ${counted(report.total_sources, 'source')}` },
    { name: 'Coverage', value: `${percentText(coverage)} of the required fields answered` },
    { name: 'Confidence', value: `${percentText(confidence)}, ${bandOf(confidence)}` },
    { name: 'Wording', value: writerOf(report) },
  ];
}

/** What a reader must know before reading on. */
export function notesOf({ report }: ReportDocument, finished: boolean): string[] {
  const notes: string[] = [];
  if (report.is_demo) notes.push(DEMO_NOTE);
  if (!finished) notes.push('Not finished: the research ended before every section was written.');
  else if (report.status === 'partial')
    notes.push('Partial: a source did not answer; what is missing is listed below.');
  return notes;
}

/** Coverage, confidence and age of a section in a line. */
export function standingOf({ coverage, confidence, as_of, stale }: Section): string {
  const parts = [`Coverage ${percentText(coverage)}`];
  if (confidence !== null) parts.push(`confidence ${bandOf(confidence)}`);
  parts.push(`as of ${dayText(as_of)}`);
  if (stale) parts.push('older data');
  return parts.join(', ');
}

/** The bands of the report's confidence. */
function bandOf(confidence: number): string {
  if (confidence >= 0.8) return 'high';
  return confidence >= 0.55 ? 'medium' : 'low';
}

function writerOf({ written_by, model }: ReportDocument['report']): string {
  if (written_by === 'template') return 'Fixed sentences, no language model';
  const part = written_by === 'mixed' ? 'Partly worded' : 'Worded';
  return `${part} by ${oneLine(model ?? 'a language model')}; every sentence was checked against its sources`;
}
