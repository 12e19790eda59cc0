import { hasSharedData } from '@/tests/support/shared-data';
import { measureCalibration } from './evaluate/calibration';
import { measureClassification } from './evaluate/classification';
import { evaluateClassification } from './evaluate/classification-gold';
import { measureDegradation } from './evaluate/disturbances';
import { measuresElsewhere } from './evaluate/elsewhere';
import { accountsFacts, type ComparedFact, measureAccuracy, registerFacts } from './evaluate/field-accuracy';
import { measureFinancialGold } from './evaluate/financial-gold';
import { measureGrounding } from './evaluate/grounding';
import { measureAbstention, measurePrivacy, measureRepeatability } from './evaluate/honesty';
import { measureInjection } from './evaluate/injection';
import type { Measure } from './evaluate/measure';
import { printMeasures } from './evaluate/print-measures';
import { researchAll } from './evaluate/report-set';
import { measureResolution } from './evaluate/resolution';
import { measureSignals } from './evaluate/signals';

/** Runs E1 to E15 of the design and prints each figure with its target; fails when a hard target is missed. */
async function main(): Promise<void> {
  const reports = await researchAll();
  const register = registerFacts(reports);
  const figures = accountsFacts(reports);
  const gold = hasSharedData ? await measureFinancialGold() : null;
  const classified = hasSharedData ? evaluateClassification() : null;
  const measures: Measure[] = [
    ...measureGrounding(reports),
    measureAbstention(reports),
    measureRepeatability(reports),
    measurePrivacy(reports),
    ...(hasSharedData ? [measureAccuracy(register, figures), await measureSignals(), measureResolution()] : []),
    measureClassification(classified),
    ...measuresElsewhere(),
    ...(gold === null ? [] : [gold.measure]),
    await measureDegradation(),
    await measureInjection(),
    measureCalibration({
      'register facts': register.filter(isStated),
      'filed figures': figures.filter(isStated),
      'gold figures': (gold?.tagged ?? []).filter(isStated),
      'classified text': classified?.judged ?? [],
    }),
  ];
  printMeasures(reports, measures);
  if (measures.some(({ hard, verdict }) => hard && verdict === 'missed')) process.exitCode = 1;
}

function isStated({ confidence }: ComparedFact): boolean {
  return confidence > 0;
}

await main();
