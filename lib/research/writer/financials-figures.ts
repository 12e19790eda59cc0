import { writtenDay } from '@/lib/companies/register/calendar';
import type { SectionFacts } from '../draft/section-facts';
import { fieldLabel } from '../field-labels';
import type { Statement } from '../schema';
import { amountText } from './money';
import { holds, phrase } from './phrases';
import { type Cited, cited, listed, say } from './say';

const OVER_A_PERIOD = [
  'turnover',
  'gross_profit',
  'operating_profit',
  'profit_before_tax',
  'profit_loss',
  'staff_costs',
];
/** Groups of figures on the balance sheet, the most telling first, each with how a later sentence about it begins. */
const ON_A_DAY: readonly { begin: string; fields: readonly string[] }[] = [
  { begin: 'It had', fields: ['net_assets'] },
  { begin: 'It held', fields: ['cash'] },
  {
    begin: 'Its short-term items were',
    fields: ['current_assets', 'debtors', 'creditors', 'creditors_within_one_year'],
  },
  { begin: 'Its longer-term items were', fields: ['fixed_assets', 'creditors_after_one_year'] },
];
/** What a figure is called when it is not below zero, and when it is. */
const NAMES: Readonly<Record<string, readonly [string, string]>> = {
  turnover: ['turnover', 'a negative turnover'],
  gross_profit: ['a gross profit', 'a gross loss'],
  operating_profit: ['an operating profit', 'an operating loss'],
  profit_before_tax: ['a profit before tax', 'a loss before tax'],
  profit_loss: ['a profit', 'a loss'],
  staff_costs: ['staff costs', 'negative staff costs'],
  net_assets: ['net assets', 'net liabilities'],
  equity: ['equity', 'negative equity'],
  cash: ['cash', 'a negative cash balance'],
};

/** Sentences on what the filed accounts say, the most telling figures first. */
export function writeFigures(facts: SectionFacts): (Cited | null)[] {
  return [
    ...results(facts),
    ...balanceSheet(facts),
    say`It employed ${people(facts)} on average${change(facts, 'employees', facts.statement('employees'))}.`,
    restatements(facts),
    dormancy(facts),
    whose(facts),
  ];
}

/** What it took in, what was left, and what its people cost; the first of them says of which period. */
function results(facts: SectionFacts): (Cited | null)[] {
  const [turnover, profits, costs] = [['turnover'], OVER_A_PERIOD.slice(1, -1), ['staff_costs']].map((fields) =>
    figures(facts, fields, new Set()),
  );
  const told = [
    turnover && { text: say`the company had ${turnover}`, later: null },
    profits && { text: say`the company made ${profits}`, later: say`It made ${profits}.` },
    costs && { text: say`the company had ${costs}`, later: say`It had ${costs}.` },
  ].filter((one) => one !== null && one !== undefined);
  return told.map(({ text, later }, index) =>
    index === 0 ? say`In the period to ${dayOf(facts, OVER_A_PERIOD)} ${text}.` : later,
  );
}

function balanceSheet(facts: SectionFacts): (Cited | null)[] {
  // One statement may answer two fields, such as equity for net assets.
  const said = new Set<string>();
  const groups = ON_A_DAY.map(({ begin, fields }) => ({ begin, fields, piece: figures(facts, fields, said) })).filter(
    ({ piece }) => piece !== null,
  );
  return groups.map(({ begin, fields, piece }, index) =>
    index === 0 ? say`Its balance sheet of ${dayOf(facts, fields)} shows ${piece}.` : say`${begin} ${piece}.`,
  );
}

/** The day on which the first of the figures stands. */
function dayOf(facts: SectionFacts, fields: readonly string[]): Cited | null {
  const first = fields.map((field) => facts.statement(field)).find((statement) => statement !== null) ?? null;
  return cited(first, ({ as_of }) => writtenDay(as_of));
}

/** @param said statements that need no repetition; those that are said are added. */
function figures(facts: SectionFacts, fields: readonly string[], said: Set<string>): Cited | null {
  const pieces = fields.flatMap((field) => {
    const statement = facts.statement(field);
    if (statement === null || said.has(statement.id)) return [];
    said.add(statement.id);
    const piece = say`${cited(statement, named)}${change(facts, statement.field, statement)}`;
    return piece === null ? [] : [piece];
  });
  return listed(pieces);
}

function named(statement: Statement, field = statement.field): string {
  const [above, below] = NAMES[field] ?? [fieldLabel(field), `negative ${fieldLabel(field)}`];
  return `${Number(statement.value) < 0 ? below : above} of ${amountText(statement)}`;
}

/** A figure beside a later one of its kind: named when it is on the other side of zero, where it has another name. */
function beside(field: string, current: Statement, earlier: Statement): string {
  if (NAMES[field] === undefined) return valueText(earlier);
  const isSameSide = Number(current.value) < 0 === Number(earlier.value) < 0;
  return isSameSide ? amountText(earlier) : named(earlier, field);
}

/** How a figure compares with the one before, in brackets; nothing where there is none. */
function change(facts: SectionFacts, field: string, current: Statement | null): Cited {
  const nothing = { text: '', statements: [], gaps: [] };
  const previous = facts.statement(`${field}_previous`);
  if (previous === null || current === null) return nothing;
  const before = cited(previous, (statement) => beside(field, current, statement));
  const growth = cited(facts.statement(`${field}_growth`), ({ value }) => growthText(Number(value)));
  const when = previous.period === null ? 'on' : 'in the period to';
  return (
    say` (${growth} from ${before})` ??
    say` (${cited(previous, (statement) => `${beside(field, current, statement)} ${when} ${writtenDay(statement.as_of)}`)})` ??
    nothing
  );
}

function growthText(percent: number): string {
  if (percent === 0) return 'unchanged';
  return `${percent > 0 ? 'up' : 'down'} ${Math.abs(percent).toLocaleString('en-GB')}%`;
}

function valueText(statement: Statement): string {
  const value = Number(statement.value);
  if (statement.currency === null) return value.toLocaleString('en-GB');
  return `${value < 0 ? 'minus ' : ''}${amountText(statement)}`;
}

function people(facts: SectionFacts): Cited | null {
  return cited(facts.statement('employees'), ({ value }) => {
    const count = Number(value);
    return count === 0 ? '0 people' : `${count.toLocaleString('en-GB')} ${count === 1 ? 'person' : 'people'}`;
  });
}

/** Comparatives that were changed after they were first filed: both values are said. */
function restatements(facts: SectionFacts): Cited | null {
  const pieces = [...OVER_A_PERIOD, ...ON_A_DAY.flatMap(({ fields }) => fields), 'equity', 'employees'].flatMap(
    (field) => {
      const now = cited(facts.statement(`${field}_previous`), valueText);
      const first = cited(facts.statement(`${field}_previous_as_first_filed`), valueText);
      const piece = say`${fieldLabel(field)} first filed as ${first} and later as ${now}`;
      return piece === null ? [] : [piece];
    },
  );
  return say`The accounts differ from the ones before on the same date: ${listed(pieces)}.`;
}

function dormancy(facts: SectionFacts): Cited | null {
  return holds(facts, 'dormant', true)
    ? say`The accounts are ${phrase(facts, 'dormant', 'those of a dormant company')}.`
    : null;
}

function whose(facts: SectionFacts): Cited | null {
  const own = phrase(facts, 'group_vs_company', 'the company itself');
  return holds(facts, 'group_figures', true)
    ? say`Figures are those of ${own}; ${phrase(facts, 'group_figures', 'the accounts also hold figures of its group')}, which are not used here.`
    : say`Figures are those of ${own}, not of a group.`;
}
