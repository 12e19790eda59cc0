import { compareWithReference } from '@/tests/support/accounts-reference';
import { hasSharedData } from '@/tests/support/shared-data';

/** Prints how our readings of real filed accounts agree with an independent reading of them. */
function main(): void {
  if (!hasSharedData) return;
  const { filings, agreeing, absent, figures, agreeingFigures, withoutTurnover, differences } = compareWithReference();
  console.log(`filings compared          ${filings} (${absent} more have no file here)`);
  console.log(`filings that agree fully  ${agreeing} = ${percent(agreeing, filings)}`);
  console.log(`figures that agree        ${agreeingFigures} of ${figures} = ${percent(agreeingFigures, figures)}`);
  console.log(`turnover not disclosed    ${withoutTurnover} of ${filings}`);
  for (const { file, figure, reference, ours, why } of differences) {
    console.log(
      `differs: ${file} ${figure}: reference ${reference || 'none'}, ours ${ours || 'none'} ${why}`.trimEnd(),
    );
  }
}

function percent(part: number, whole: number): string {
  return `${((part / whole) * 100).toFixed(1)} %`;
}

main();
