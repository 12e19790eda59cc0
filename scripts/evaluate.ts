import { measureGrounding } from './evaluate/grounding';
import { measureAbstention, measurePrivacy, measureRepeatability } from './evaluate/honesty';
import type { Measure } from './evaluate/measure';
import { printMeasures } from './evaluate/print-measures';
import { researchAll } from './evaluate/report-set';

/** Runs E1 to E15 of the design and prints each figure with its target; fails when a hard target is missed. */
async function main(): Promise<void> {
  const reports = await researchAll();
  const measures: Measure[] = [
    ...measureGrounding(reports),
    measureAbstention(reports),
    measureRepeatability(reports),
    measurePrivacy(reports),
  ];
  printMeasures(reports, measures);
  if (measures.some(({ hard, verdict }) => hard && verdict === 'missed')) process.exitCode = 1;
}

await main();
