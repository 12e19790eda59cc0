import { daysBetween } from '@/lib/companies/register/calendar';
import type { FigureId } from '@/lib/sources/accounts/figures';
import type { SectionDraft } from '../draft/section-draft';
import { fieldLabel } from '../field-labels';
import type { CitedFigure, FigureYears } from './financials-figures';

/** Figures whose change over a year is worth saying. */
const COMPARED: readonly FigureId[] = [
  'turnover',
  'gross_profit',
  'operating_profit',
  'profit_loss',
  'net_assets',
  'cash',
  'current_assets',
  'employees',
];
/** Years of 52 weeks and year ends that fall on the last Friday of a month differ by a week. */
const SAME_LENGTH_DAYS = 8;
const YEAR_DAYS = 365;
const MONTH_DAYS = 365.25 / 12;

/**
 * States a figure's growth over the year by a formula that anyone can compute again, or why there is none: periods of
 * different lengths, comparatives that were changed, a base that is nothing or below nothing.
 */
export function stateGrowth(draft: SectionDraft, figure: FigureYears): void {
  const { id, current, previous } = figure;
  if (previous === null || !COMPARED.includes(id)) return;
  const field = `${id}_growth`;
  const refusal = refusalOf(figure, previous);
  if (refusal !== null) {
    draft.gap(field, 'not_applicable', refusal, [current.citation.origin.source]);
    return;
  }
  draft.computed(field, 'growth_percent', [current.citation, previous.citation], {
    unit: 'percent',
    period: `${previous.fact.end}/${current.fact.end}`,
    asOf: current.fact.end,
  });
}

function refusalOf({ id, current, restated }: FigureYears, previous: CitedFigure): string | null {
  const name = fieldLabel(id);
  if (current.fact.unit !== previous.fact.unit) return `The two figures of ${name} are in different units.`;
  if (restated) return `The earlier figure of ${name} was changed after it was first filed.`;
  const lengths = [lengthOf(current), lengthOf(previous)];
  const [one, other] = lengths;
  if (one !== undefined && other !== undefined && one !== null && other !== null) {
    if (Math.abs(one - other) > SAME_LENGTH_DAYS) {
      return `The periods differ in length, ${months(one)} and ${months(other)} months, so ${name} cannot be compared.`;
    }
  } else {
    const apart = daysBetween(previous.fact.end, current.fact.end);
    if (Math.abs(apart - YEAR_DAYS) > SAME_LENGTH_DAYS) {
      return `The two dates are ${months(apart)} months apart, so ${name} cannot be compared over a year.`;
    }
  }
  if (amountOf(previous) <= 0 || amountOf(current) < 0) {
    return `One of the two figures of ${name} is not above zero, so a change in percent says nothing.`;
  }
  return null;
}

function amountOf({ fact }: CitedFigure): number {
  return fact.pence ?? fact.count ?? 0;
}

function lengthOf({ fact }: CitedFigure): number | null {
  return fact.start === null ? null : daysBetween(fact.start, fact.end) + 1;
}

function months(days: number): number {
  return Math.round(days / MONTH_DAYS);
}
