import type { ReportDocument, Statement } from './schema';

/** A figure over years, each point with the statement that gives it. */
export type FigureSeries = {
  /** The field, such as `turnover`. */
  id: string;
  title: string;
  /** `pence`: whole hundredths of the currency. */
  unit: 'pence' | 'people';
  currency: string | null;
  /** Oldest first, one per period end (an ISO date); at least two. */
  points: { periodEnd: string; value: number; statement: string }[];
};

/** The figures worth drawing, in the order in which they are shown. */
const TITLES: Readonly<Record<string, string>> = {
  turnover: 'Turnover',
  profit_loss: 'Profit or loss',
  net_assets: 'Net assets',
  cash: 'Cash',
  employees: 'Employees',
};

/** @returns the figures that are stated for at least two period ends in one currency. */
export function seriesOf({ statements }: Pick<ReportDocument, 'statements'>): FigureSeries[] {
  return Object.entries(TITLES).flatMap(([id, title]) => {
    const figures = statements.filter((statement) => isFigure(statement, id));
    const [latest] = figures;
    const points = pointsOf(figures.filter(({ currency }) => currency === latest?.currency));
    if (latest === undefined || points.length < 2) return [];
    return { id, title, unit: id === 'employees' ? 'people' : 'pence', currency: latest.currency, points };
  });
}

function isFigure({ field, value }: Statement, id: string): boolean {
  return typeof value === 'number' && (field === id || field.startsWith(`${id}_previous`));
}

/** The first statement of a period end counts: later ones repeat it as a comparative. */
function pointsOf(figures: readonly Statement[]): FigureSeries['points'] {
  const byEnd = new Map<string, FigureSeries['points'][number]>();
  for (const { id, value, as_of } of figures) {
    const periodEnd = as_of.slice(0, 10);
    if (!byEnd.has(periodEnd)) byEnd.set(periodEnd, { periodEnd, value: Number(value), statement: id });
  }
  return [...byEnd.values()].sort((a, b) => a.periodEnd.localeCompare(b.periodEnd));
}
