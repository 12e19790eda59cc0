import type { Measure, Verdict } from './measure';
import type { EvaluatedReport } from './report-set';

const MARKS: Readonly<Record<Verdict, string>> = {
  met: 'met',
  missed: 'MISSED',
  elsewhere: 'by tests',
  no_data: 'no data',
};
/** More cases than this say nothing new. */
const CASES_SHOWN = 12;

/** Prints what was read, one line per measure with its figure and target, and then the cases behind each miss. */
export function printMeasures(reports: readonly EvaluatedReport[], measures: readonly Measure[]): void {
  const kinds = (['demo', 'register', 'accounts'] as const).map(
    (kind) => `${reports.filter((report) => report.kind === kind).length} ${kind}`,
  );
  const sentences = reports.flatMap(({ document }) => document.sections.flatMap((section) => section.sentences));
  console.log(`${reports.length} reports (${kinds.join(', ')}), ${sentences.length} sentences\n`);
  for (const measure of [...measures].sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)))) {
    print(measure);
  }
}

function print({ id, name, figure, target, verdict, cases }: Measure): void {
  console.log(`${id.padEnd(4)} ${MARKS[verdict].padEnd(9)} ${name}: ${figure} [target: ${target}]`);
  for (const line of cases.slice(0, CASES_SHOWN)) console.log(`       ${line}`);
  if (cases.length > CASES_SHOWN) console.log(`       and ${cases.length - CASES_SHOWN} more`);
}
