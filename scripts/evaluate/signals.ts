import { numberKeys } from '@/lib/research/evidence/number-keys';
import { detectSignals } from '@/lib/signals/detect-signals';
import { kindsFound, labelledAccounts } from '@/tests/support/labelled-accounts';
import {
  allotments,
  company,
  foundIn,
  labelsOf,
  type RealCompany,
  realCompanies,
  WHOLE_HISTORY,
} from '@/tests/support/labelled-filings';
import { contextOf } from '@/tests/support/register-sources';
import { type Measure, shareOf, verdictOf } from './measure';

const WANTED = 0.95;

/** E6: signals against what the forms mean and what the accounts say, and that an allotment is never told as money raised. */
export async function measureSignals(): Promise<Measure> {
  const missed: string[] = [];
  const invented: string[] = [];
  let right = 0;
  const compare = (labels: ReadonlySet<string>, found: ReadonlySet<string>) => {
    right += [...labels].filter((label) => found.has(label)).length;
    missed.push(...[...labels].filter((label) => !found.has(label)).map((label) => `missed ${label}`));
    invented.push(...[...found].filter((label) => !labels.has(label)).map((label) => `invented ${label}`));
  };
  for (const real of realCompanies()) compare(labelsOf(real), foundIn(real, await signalsOf(real)));
  for (const { number, answers, labels } of labelledAccounts()) {
    const { signals } = await detectSignals(contextOf(answers), { companyNumber: number });
    compare(labels, kindsFound(signals));
  }
  const nominal = await nominalCapitalShown();
  const precision = right / (right + invented.length);
  const recall = right / (right + missed.length);
  return {
    id: 'E6',
    name: 'Signals in filings and accounts',
    figure: `precision ${shareOf(right, right + invented.length)}, recall ${shareOf(right, right + missed.length)}; nominal capital told as money raised: ${nominal.length} of ${allotments().length} allotments`,
    target: 'precision and recall 95 %, never the nominal capital',
    verdict: verdictOf(precision >= WANTED && recall >= WANTED && nominal.length === 0),
    hard: true,
    cases: [...nominal, ...missed, ...invented],
  };
}

async function signalsOf({ number, answers }: RealCompany) {
  const { signals } = await detectSignals(contextOf(answers), { companyNumber: number, lookbackDays: WHOLE_HISTORY });
  return signals;
}

/** Amounts that a signal of an allotment shows; the register's list holds no amount that was paid. */
async function nominalCapitalShown(): Promise<string[]> {
  const real = company('07370553', '2010-09-09', allotments());
  const figures = new Set(allotments().flatMap(({ description_values: values }) => capitalIn(values)));
  return (await signalsOf(real)).flatMap(({ title, why_it_matters: why, snippet }) => {
    const keys = numberKeys(`${title} ${why} ${snippet}`);
    return [...figures].filter((figure) => keys.has(figure)).map((figure) => `${figure} in: ${title}`);
  });
}

function capitalIn(values: Record<string, unknown> | null | undefined): string[] {
  const capital = values?.capital;
  const rows: unknown[] = Array.isArray(capital) ? capital : [];
  return rows.flatMap((row) => {
    const figure: unknown = typeof row === 'object' && row !== null ? Reflect.get(row, 'figure') : null;
    return typeof figure === 'string' ? [...numberKeys(figure)] : [];
  });
}
