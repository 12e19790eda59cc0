import { readFileSync } from 'node:fs';
import { daysBetween } from '@/lib/companies/register/calendar';
import type { DetectedSignal } from '@/lib/signals/schema';
import { readAccounts } from '@/lib/sources/accounts/read-accounts';
import { type ReferenceRow, referenceRows } from './accounts-reference';
import { type Gold, type GoldFigure, readGold, toTags } from './financial-gold';
import { history } from './register-sources';
import { sharedData } from './shared-data';
import { taggedAccounts } from './tagged-accounts';

const FIFTH = 0.2;
const FILED_ON = '2026-10-01';

/** Filed accounts as the only filing of a company, and what is an event in them by a reading that is not ours. */
export type LabelledAccounts = { number: string; answers: Record<string, unknown>; labels: ReadonlySet<string> };

type Years = { now: number; before: number } | null;
type Figure = 'turnover' | 'net_assets' | 'equity' | 'employees';

/**
 * Real filed accounts with labels worked out from other people's reading of them and the rules of the design note, with
 * plain numbers and without our own comparison: tagged accounts of the development half, and the gold filings, whose
 * figures are tagged as a person read them.
 */
export function labelledAccounts(): LabelledAccounts[] {
  return [
    ...referenceRows().map((row) =>
      toLabelled(row.companyNumber, readFileSync(sharedData('accounts', row.file), 'utf8'), (figure) =>
        yearsInReference(row, figure),
      ),
    ),
    ...readGold().map((gold) => {
      const { current, previous } = gold.expected.financial_period_summaries;
      const figures = [...toTags(current, 'now'), ...toTags(previous, 'before')];
      const document = taggedAccounts({ companyNumber: gold.company_number, figures });
      return toLabelled(gold.company_number, document, (figure) => yearsInGold(gold, figure));
    }),
  ];
}

/** Signals in the form of the labels. */
export function kindsFound(signals: readonly DetectedSignal[]): Set<string> {
  return new Set(signals.map(({ dedupe_key }) => dedupe_key.split(':').slice(2).join(':')));
}

function toLabelled(number: string, document: string, yearsOf: (figure: Figure) => Years): LabelledAccounts {
  const reading = readAccounts(document);
  const id = `accounts-of-${number}`;
  const filed = {
    ...reading,
    document_id: id,
    transaction_id: id,
    made_up_to: reading.balance_sheet_date,
    filed_on: FILED_ON,
    title: 'Filed accounts',
    url: 'https://register.example/document',
    retrieved_at: `${FILED_ON}T09:00:00.000Z`,
    sha256: 'a'.repeat(64),
  };
  const filing = {
    transaction_id: id,
    category: 'accounts',
    type: 'AA',
    date: FILED_ON,
    description_values: { made_up_date: reading.balance_sheet_date },
  };
  const answers = {
    'companies_house.filing_history': history([filing]),
    'accounts.figures': { company_number: number, documents: [filed] },
  };
  return { number, answers, labels: new Set(kindsIn(yearsOf).map((kind) => `${id}:${kind}`)) };
}

function kindsIn(yearsOf: (figure: Figure) => Years): string[] {
  const net = yearsOf('net_assets') ?? yearsOf('equity');
  const kinds: string[] = [];
  if (net !== null && Math.abs(net.now - net.before) >= 1_000) {
    if (net.before > 0 && net.now < 0) kinds.push('equity_turned_negative');
    if (net.before < 0 && net.now > 0) kinds.push('equity_turned_positive');
  }
  for (const [figure, name, least] of [
    ['turnover', 'turnover', 1_000],
    ['employees', 'headcount', 2],
  ] as const) {
    const years = yearsOf(figure);
    if (years === null || years.before <= 0 || Math.abs(years.now - years.before) < least) continue;
    if (years.now >= years.before * (1 + FIFTH)) kinds.push(`${name}_growth`);
    if (years.now <= years.before * (1 - FIFTH)) kinds.push(`${name}_drop`);
  }
  return kinds;
}

/** Two figures a year apart, give or take a week. */
function yearsInReference({ figures }: ReferenceRow, figure: Figure): Years {
  const both = [figures[figure]?.current ?? '', figures[figure]?.previous ?? ''];
  const [now, before] = both.map((text) => /^(-?[\d.]+) on (\S+)$/.exec(text));
  if (!now || !before) return null;
  const apart = daysBetween(before[2] ?? '', now[2] ?? '');
  return Math.abs(apart - 365) <= 8 ? { now: Number(now[1]), before: Number(before[1]) } : null;
}

function yearsInGold({ expected }: Gold, figure: Figure): Years {
  if (figure === 'equity') return null;
  const { current, previous } = expected.financial_period_summaries;
  const [now, before] = [amountIn(current, figure), amountIn(previous, figure)];
  return now === null || before === null ? null : { now, before };
}

/** As a person read it, in whole units of its currency or people. */
function amountIn(
  figures: Gold['expected']['financial_period_summaries']['current'],
  figure: GoldFigure,
): number | null {
  const { state, displayed_value: displayed, unit } = figures[figure];
  if (state === 'missing') return null;
  const amount = Number((displayed ?? '0').replace(/[(),]/g, '')) * (unit?.endsWith('THOUSANDS') ? 1_000 : 1);
  return displayed?.startsWith('(') ? -amount : amount;
}
