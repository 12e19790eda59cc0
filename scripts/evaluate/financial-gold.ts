import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReportDocument } from '@/lib/research/schema';
import { startSandbox } from '@/sandbox/start-sandbox';
import { recordAccounts } from '@/tests/support/accounts-recordings';
import { GOLD, type Gold, type GoldFigure, readGold, toTags } from '@/tests/support/financial-gold';
import { taggedAccounts } from '@/tests/support/tagged-accounts';
import { researchInSandbox } from '@/tests/unit/research/research-stand';
import type { ComparedFact } from './field-accuracy';
import { type Measure, shareOf, verdictOf } from './measure';

const MADE_UP_TO = '2025-03-31';
/** The day after, so that age takes nothing off the confidence: the gold says what was filed, not what still holds. */
const READ_AT = new Date('2025-04-01T09:00:00.000Z');
type GoldValue = Gold['expected']['financial_period_summaries']['current'][GoldFigure];

const NAMES = Object.keys(GOLD);

/**
 * E7: the gold filings, whole reports. As they were filed they are scans, which no report reads: everything has to be a
 * gap. With the same values as tags, each value has to come out exact to the penny, and what is missing has to stay so.
 */
export async function measureFinancialGold(): Promise<{ measure: Measure; tagged: ComparedFact[] }> {
  const gold = readGold();
  const scanned = await compareReports(gold, () => null);
  const tagged = await compareReports(gold, taggedOf);
  const stated = scanned.filter(({ confidence }) => confidence > 0);
  const wrong = tagged.filter(({ right }) => !right);
  const exact = (facts: readonly ComparedFact[]) => shareOf(facts.filter(({ right }) => right).length, facts.length);
  return {
    tagged,
    measure: {
      id: 'E7',
      name: 'Financial gold',
      figure: `${gold.length} filings; as filed (scans) ${exact(scanned)} exact and ${stated.length} figures stated; the same values as tags ${exact(tagged)} exact`,
      target: 'every figure as filed exact, none invented',
      verdict: verdictOf(scanned.every(({ right }) => right) && wrong.length === 0),
      hard: false,
      cases: [...stated, ...wrong, ...scanned.filter(({ right, confidence }) => !right && confidence === 0)].map(
        ({ number, field, detail }) => `${number} ${field}: ${detail}`,
      ),
    },
  };
}

async function compareReports(
  gold: readonly Gold[],
  documentOf: (filing: Gold) => string | null,
): Promise<ComparedFact[]> {
  const folder = mkdtempSync(join(tmpdir(), 'oppspot-gold-'));
  for (const filing of gold) {
    const document = documentOf(filing);
    const recorded = await recordAccounts(
      filing.company_number,
      [{ madeUpTo: MADE_UP_TO, filedOn: MADE_UP_TO, document }],
      'full',
    );
    cpSync(recorded, folder, { recursive: true });
    rmSync(recorded, { recursive: true, force: true });
  }
  const sandbox = await startSandbox({ recordings: [folder], rateLimit: 1_000_000 });
  try {
    const facts: ComparedFact[] = [];
    for (const filing of gold) {
      const { document } = await researchInSandbox(sandbox.url, filing.company_number, { now: READ_AT });
      facts.push(...compareFigures(filing, document));
    }
    return facts;
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function taggedOf({ company_number: companyNumber, expected }: Gold): string {
  const years = expected.financial_period_summaries;
  const currency = years.current.turnover.unit?.slice(0, 3) ?? 'GBP';
  const figures = [...toTags(years.current, 'now'), ...toTags(years.previous, 'before')];
  return taggedAccounts({ companyNumber, currency, figures });
}

function compareFigures({ company_number: number, expected }: Gold, document: ReportDocument): ComparedFact[] {
  return NAMES.flatMap((name) =>
    (['current', 'previous'] as const).map((year) => {
      // The names are keys of GOLD.
      const key = name as GoldFigure;
      const value = expected.financial_period_summaries[year][key];
      const field = `${GOLD[key][0]}${year === 'current' ? '' : '_previous'}`;
      const statement = document.statements.find((candidate) => candidate.field === field);
      const ours = statement?.value ?? null;
      const theirs = amountOf(value);
      const detail = `the filing says ${theirs ?? 'nothing'}, the report ${String(ours ?? 'nothing')}`;
      return { number, field, right: ours === theirs, confidence: statement?.confidence ?? 0, detail };
    }),
  );
}

/** Hundredths or people; the cases give amounts in other currencies as they are printed only. */
function amountOf({ state, unit, displayed_value: displayed, value_pence: pence, value_count: count }: GoldValue) {
  if (state === 'missing') return null;
  const known = count ?? pence;
  if (known !== null || displayed === null) return known;
  const printed = Number(displayed.replace(/[^\d.]/g, '')) * (unit?.endsWith('THOUSANDS') ? 1_000 : 1);
  return Math.round((displayed.startsWith('(') ? -printed : printed) * 100);
}
