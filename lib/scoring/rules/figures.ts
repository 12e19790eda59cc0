import { writtenDay } from '@/lib/companies/register/calendar';
import { timesOf } from '@/lib/companies/register/figure-arithmetic';
import { amountOf } from '@/lib/companies/register/figure-years';
import type { Register } from '@/lib/companies/register/register';
import type { Rule, Scoring } from '../component';
import { citeFigure, ruled } from '../evidence';
import { type Given, given, givenFor } from '../points';
import { changeText, moneyOf, type YearChange, yearChange, yearsOf } from './year-change';

/** Net assets and equity are the two sides of one balance sheet: either answers. */
export function netAssetsRule({ register }: Scoring): Rule[] {
  const figure = yearsOf(register, 'net_assets', 'equity')?.current;
  if (figure === undefined || amountOf(figure) === 0) return [];
  const isNegative = amountOf(figure) < 0;
  const on = `${moneyOf(figure)} on ${writtenDay(figure.fact.end)}`;
  const text = isNegative ? `Net liabilities of ${on}: the company owes more than it has.` : `Net assets of ${on}.`;
  const points = given('netAssets', isNegative ? 'negative' : 'positive');
  return ruled(register, [citeFigure(register, figure)], text, points);
}

export function netAssetsTrendRule({ register }: Scoring): Rule[] {
  const change = yearChange(yearsOf(register, 'net_assets', 'equity'));
  if (change === null) return [];
  if (change.percent !== null) {
    return grown(register, change, 'Net assets', change.percent, givenFor('netAssetsTrend', change.percent));
  }
  const { current, previous } = change;
  const [now, before] = [amountOf(current), amountOf(previous)];
  if (now === before || before === 0) return [];
  const outcome = now > before ? 'better' : 'worse';
  const text =
    now >= 0
      ? `Net liabilities of ${moneyOf(previous)} became net assets of ${moneyOf(current)} within a year.`
      : before > 0
        ? `Net assets of ${moneyOf(previous)} became net liabilities of ${moneyOf(current)} within a year.`
        : `Net liabilities ${now > before ? 'shrank' : 'grew'} from ${moneyOf(previous)} to ${moneyOf(current)} within a year.`;
  const citations = [current, previous].map((figure) => citeFigure(register, figure));
  return ruled(register, citations, text, given('netAssetsTrend', outcome));
}

/** Only where both parts are filed, in one currency and of one day. */
export function currentRatioRule({ register }: Scoring): Rule[] {
  const assets = yearsOf(register, 'current_assets')?.current;
  const due = yearsOf(register, 'creditors_within_one_year')?.current;
  if (assets === undefined || due === undefined) return [];
  const isOneSheet = assets.fact.unit === due.fact.unit && assets.fact.end === due.fact.end;
  if (!isOneSheet || amountOf(assets) < 0 || amountOf(due) <= 0) return [];
  const times = timesOf(amountOf(assets), amountOf(due));
  const text = `Current assets of ${moneyOf(assets)} are ${times} times the ${moneyOf(due)} that is due within a year.`;
  const citations = [assets, due].map((figure) => citeFigure(register, figure));
  return ruled(register, citations, text, givenFor('currentRatio', times), { name: 'times_of', value: times });
}

export function cashRule({ register }: Scoring): Rule[] {
  const change = yearChange(yearsOf(register, 'cash'));
  if (change === null || change.percent === null) return [];
  return grown(register, change, 'Cash', change.percent, givenFor('cashTrend', change.percent));
}

/** Small companies need not show it: silence gives no points and takes none. */
export function profitRule({ register }: Scoring): Rule[] {
  const figure = yearsOf(register, 'profit_loss')?.current;
  if (figure === undefined || amountOf(figure) === 0) return [];
  const outcome = amountOf(figure) > 0 ? 'profit' : 'loss';
  const text = `A ${outcome} of ${moneyOf(figure)} in the period to ${writtenDay(figure.fact.end)}.`;
  return ruled(register, [citeFigure(register, figure)], text, given('profit', outcome));
}

function grown(register: Register, { current, previous }: YearChange, name: string, percent: number, points: Given) {
  const text = `${name} ${changeText(percent)} in a year, from ${moneyOf(previous)} to ${moneyOf(current)}.`;
  const citations = [current, previous].map((figure) => citeFigure(register, figure));
  return ruled(register, citations, text, points, { name: 'growth_percent', value: percent });
}
