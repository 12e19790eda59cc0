import {
  amountOf,
  type FigureYears,
  type Incomparable,
  type PlacedFigure,
  whyIncomparable,
} from '@/lib/companies/register/figure-years';
import type { FigureId } from '@/lib/sources/accounts/figures';
import type { SectionDraft } from '../draft/section-draft';
import { fieldLabel } from '../field-labels';
import { citedFigure, type FoundAccounts } from './cited-figure';

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
const MONTH_DAYS = 365.25 / 12;

/**
 * States a figure's growth over the year by a formula that anyone can compute again, or why there is none: periods of
 * different lengths, comparatives that were changed, a base that is nothing or below nothing.
 */
export function stateGrowth(draft: SectionDraft, accounts: FoundAccounts, id: FigureId, years: FigureYears): void {
  const { current, previous } = years;
  if (previous === null || !COMPARED.includes(id)) return;
  const field = `${id}_growth`;
  const refusal = refusalOf(id, years, previous);
  if (refusal !== null) {
    draft.gap(field, 'not_applicable', refusal, [accounts.origin.source]);
    return;
  }
  const citations = [current, previous].map((figure) => citedFigure(accounts, figure).citation);
  draft.computed(field, 'growth_percent', citations, {
    unit: 'percent',
    period: `${previous.fact.end}/${current.fact.end}`,
    asOf: current.fact.end,
  });
}

function refusalOf(id: FigureId, years: FigureYears, previous: PlacedFigure): string | null {
  const name = fieldLabel(id);
  const incomparable = whyIncomparable(years, previous);
  if (incomparable !== null) return sentenceOf(incomparable, name);
  if (amountOf(previous) <= 0 || amountOf(years.current) < 0) {
    return `One of the two figures of ${name} is not above zero, so a change in percent says nothing.`;
  }
  return null;
}

function sentenceOf(incomparable: Incomparable, name: string): string {
  switch (incomparable.because) {
    case 'units':
      return `The two figures of ${name} are in different units.`;
    case 'restated':
      return `The earlier figure of ${name} was changed after it was first filed.`;
    case 'lengths':
      return `The periods differ in length, ${months(incomparable.current)} and ${months(incomparable.previous)} months, so ${name} cannot be compared.`;
    case 'distance':
      return `The two dates are ${months(incomparable.days)} months apart, so ${name} cannot be compared over a year.`;
  }
}

function months(days: number): number {
  return Math.round(days / MONTH_DAYS);
}
