import { daysBetween } from '@/lib/companies/register/calendar';
import { fieldLabel } from './field-labels';
import type { ReportDocument, Statement } from './schema';
import { upperFirst } from './writer/phrases';

/** A figure of the filed accounts over years, each point with the statement that gives it. */
export type FigureSeries = {
  /** The field, such as `turnover`. */
  id: string;
  title: string;
  /** `pence`: whole hundredths of the currency. */
  unit: 'pence' | 'people';
  currency: string | null;
  /** Oldest first, one per period end (an ISO date); at least one. */
  points: FigurePoint[];
  /** From the point before the latest to the latest; null where there is one point, or the two cannot be compared. */
  change: FigureChange | null;
  /** Whether it is one of the few to draw; one point draws nothing. */
  drawn: boolean;
};
export type FigurePoint = { periodEnd: string; value: number; statement: string };
/** `percent` and its statement where the report states the growth. */
export type FigureChange = { amount: number; percent: number | null; statement: string | null };

/** The figures in the order of accounts, each under the first of its fields that was filed. */
const FIGURES = [
  ['turnover'],
  ['gross_profit'],
  ['operating_profit'],
  ['profit_before_tax'],
  ['profit_loss'],
  ['staff_costs'],
  ['fixed_assets'],
  ['current_assets'],
  ['debtors'],
  ['cash'],
  ['creditors', 'creditors_within_one_year'],
  ['creditors_after_one_year'],
  ['net_assets', 'equity'],
  ['employees'],
] as const;
const DRAWN = ['turnover', 'profit_loss', 'net_assets', 'cash', 'current_assets', 'creditors', 'employees'];
/** Years of 52 weeks and year ends that fall on the last Friday of a month differ by a week. */
const SAME_LENGTH_DAYS = 8;

type Parts = Pick<ReportDocument, 'statements'>;

/** @returns every figure that is stated, in one currency each. */
export function seriesOf({ statements }: Parts): FigureSeries[] {
  return FIGURES.flatMap((fields) => {
    const field = fields.find((name) => statements.some((statement) => isFigure(statement, name)));
    return field === undefined ? [] : toSeries(field, DRAWN.includes(fields[0]), statements);
  });
}

/** The ends of the periods that the figures are of, the latest first. */
export function periodEndsOf(figures: readonly { points: readonly { periodEnd: string }[] }[]): string[] {
  return [...new Set(figures.flatMap(({ points }) => points.map(({ periodEnd }) => periodEnd)))].sort().reverse();
}

function toSeries(field: string, worthDrawing: boolean, statements: readonly Statement[]): FigureSeries[] {
  const figures = statements.filter((statement) => isFigure(statement, field));
  const [latest] = figures;
  if (latest === undefined) return [];
  const perEnd = onePerEnd(figures.filter(({ currency }) => currency === latest.currency));
  return [
    {
      id: field,
      title: field === 'employees' ? 'Employees' : upperFirst(fieldLabel(field)),
      unit: field === 'employees' ? 'people' : 'pence',
      currency: latest.currency,
      points: perEnd.map(({ id, value, as_of }) => ({
        periodEnd: as_of.slice(0, 10),
        value: Number(value),
        statement: id,
      })),
      change: changeOf(
        perEnd,
        statements.find((statement) => statement.field === `${field}_growth`),
      ),
      drawn: worthDrawing && perEnd.length > 1,
    },
  ];
}

function isFigure({ field, value }: Statement, id: string): boolean {
  return typeof value === 'number' && (field === id || field.startsWith(`${id}_previous`));
}

/** Oldest first. The first statement of a period end counts: later ones repeat it as a comparative. */
function onePerEnd(figures: readonly Statement[]): Statement[] {
  const byEnd = new Map<string, Statement>();
  for (const figure of figures) {
    const end = figure.as_of.slice(0, 10);
    if (!byEnd.has(end)) byEnd.set(end, figure);
  }
  return [...byEnd].sort(([a], [b]) => a.localeCompare(b)).map(([, figure]) => figure);
}

function changeOf(figures: readonly Statement[], growth: Statement | undefined): FigureChange | null {
  const [before, latest] = figures.slice(-2);
  if (before === undefined || latest === undefined || !areAlike(before, latest)) return null;
  return {
    amount: Number(latest.value) - Number(before.value),
    percent: typeof growth?.value === 'number' ? growth.value : null,
    statement: growth?.id ?? null,
  };
}

/** What came in over eighteen months does not compare with what came in over twelve. */
function areAlike(before: Statement, latest: Statement): boolean {
  const [one, other] = [lengthOf(before), lengthOf(latest)];
  if (one === null || other === null) return one === other;
  return Math.abs(one - other) <= SAME_LENGTH_DAYS;
}

/** In days; null for a figure of one day. */
function lengthOf({ period }: Statement): number | null {
  const [start, end] = (period ?? '').split('/');
  return start && end ? daysBetween(start, end) : null;
}
