import { z } from 'zod';
import type { ReportDocument } from './schema';
import { checkValue } from './values';
import { upperFirst } from './writer/phrases';

/** One row of the table of what was looked for. */
export type SignalCheckRow = {
  /** Such as "New shares". */
  title: string;
  outcome: 'found' | 'none' | 'not_run';
  /** The outcome in words; of a detector that did not run, with its cause: "not run: source failed". */
  result: string;
  /** Where it looked; where it did not, why not. Empty when that is not known. */
  note: string;
  /** Ids of what shows where it looked. */
  evidence: string[];
};

/** @returns a row for each detector in the order of the report; empty where nothing could be looked at. */
export function signalChecksOf({
  statements,
  evidence,
}: Pick<ReportDocument, 'statements' | 'evidence'>): SignalCheckRow[] {
  const statement = statements.find(({ field }) => field === 'signals_checked');
  const checks = z.array(checkValue).safeParse(statement?.value).data ?? [];
  const cited = evidence.filter(({ id }) => statement?.evidence.includes(id));
  return checks.map((check) => ({
    title: upperFirst(check.detector_text || check.detector.replaceAll('_', ' ')),
    outcome: check.outcome,
    result: [check.outcome_text || check.outcome.replaceAll('_', ' '), check.cause_text].filter(Boolean).join(': '),
    note: noteOf(check),
    evidence:
      check.outcome === 'not_run'
        ? []
        : cited.filter(({ source }) => check.sources.includes(source)).map(({ id }) => id),
  }));
}

function noteOf({ outcome, cause, reason, sources_text: sources }: z.infer<typeof checkValue>): string {
  const why = reason ?? '';
  if (outcome === 'not_run')
    return cause === 'source_failed' ? [upperFirst(sources), why].filter(Boolean).join(': ') : why;
  const where = sources === '' ? '' : `Looked in ${sources}.`;
  return why === '' ? where : `${where} Not everything could be read: ${why}`.trim();
}
