import { writtenDay } from '@/lib/companies/register/calendar';
import { figureYears } from '@/lib/companies/register/figure-years';
import { FIGURE_IDS, FIGURES, type FigureId } from '@/lib/sources/accounts/figures';
import type { AccountsFigures } from '@/lib/sources/accounts/schema';
import type { SourceOutcome } from '@/lib/sources/source';
import type { SectionDraft } from '../draft/section-draft';
import type { Gap, Statement } from '../schema';
import { type CitedFigure, citedFigure, type FoundAccounts } from './cited-figure';
import { stateGrowth } from './financials-growth';

type Why = Pick<Gap, 'reason' | 'detail'>;

/** Figures whose absence is said; the others are only stated where they are filed. */
const EXPECTED = [
  'turnover',
  'gross_profit',
  'operating_profit',
  'profit_loss',
  'net_assets',
  'cash',
  'current_assets',
  'creditors',
  'employees',
] as const satisfies readonly FigureId[];
const WHOSE_UNKNOWN = 'The accounts are those of a group, and their tags do not say whose figures they hold.';

/**
 * States what the filed accounts say: each figure with the tag and the context it stands in, this year and the year before.
 * @param why there can be no accounts at all; undefined when some were filed.
 */
export async function stateFigures(draft: SectionDraft, why: Why | undefined): Promise<void> {
  if (why !== undefined) {
    for (const field of [...EXPECTED, 'group_vs_company']) draft.gap(field, why.reason, why.detail);
    return;
  }
  const accounts = await draft.read('accounts.figures');
  if (accounts.outcome !== 'ok') {
    for (const field of [...EXPECTED, 'group_vs_company']) leaveOpen(draft, field, accounts);
    return;
  }
  for (const id of FIGURE_IDS) stateFigure(draft, accounts, id);
  answerByEqual(draft);
  for (const field of EXPECTED) if (draft.own(field) === null) stateAbsence(draft, accounts, field);
  stateWhose(draft, accounts);
  draft.copy('dormant', accounts, '$.documents[0].dormant', { ...ageOf(accounts), optional: true });
}

/** Tags name the group where figures are the group's. Group accounts without such tags leave open whose figures they hold. */
function stateWhose(draft: SectionDraft, accounts: FoundAccounts): void {
  const isGroup = draft.own('accounts_type')?.value === 'group';
  if (isGroup && accounts.data.documents[0]?.has_group_figures !== true) {
    draft.gap('group_vs_company', 'not_found', WHOSE_UNKNOWN, [accounts.origin.source]);
    return;
  }
  draft.copy('group_vs_company', accounts, '$.documents[0].figures_of', ageOf(accounts));
  draft.copy('group_figures', accounts, '$.documents[0].has_group_figures', { ...ageOf(accounts), optional: true });
}

/** A place that has nothing to read is told apart from one that could not be read. */
function leaveOpen(
  draft: SectionDraft,
  field: string,
  outcome: Exclude<SourceOutcome<AccountsFigures>, { outcome: 'ok' }>,
): void {
  if (outcome.outcome === 'empty') draft.gap(field, 'not_found', outcome.reason, [outcome.origin.source]);
  else draft.missing(field, outcome);
}

function stateFigure(draft: SectionDraft, accounts: FoundAccounts, id: FigureId): void {
  const years = figureYears(accounts.data, id);
  if (years === null) return;
  state(draft, id, citedFigure(accounts, years.current));
  if (years.previous === null) return;
  const previous = state(draft, `${id}_previous`, citedFigure(accounts, years.previous));
  if (years.asFirstFiled !== null) {
    const original = citedFigure(accounts, years.asFirstFiled);
    draft.conflict(previous, state(draft, `${id}_previous_as_first_filed`, original));
  }
  stateGrowth(draft, accounts, id, years);
}

function state(draft: SectionDraft, field: string, { fact, citation }: CitedFigure): Statement {
  const isMoney = fact.pence !== null;
  return draft.state({
    field,
    value: fact.pence ?? fact.count,
    unit: isMoney ? null : 'employees',
    currency: isMoney ? fact.unit : null,
    period: fact.start === null ? null : `${fact.start}/${fact.end}`,
    method: 'parsed',
    citations: [citation],
    asOf: fact.end,
  });
}

/** Net assets and equity are the two sides of one balance sheet; creditors may only be given by when they are due. */
function answerByEqual(draft: SectionDraft): void {
  for (const [field, equal] of [
    ['net_assets', 'equity'],
    ['creditors', 'creditors_within_one_year'],
  ] as const) {
    const statement = draft.own(equal);
    if (draft.own(field) === null && statement !== null) draft.answer(field, statement);
  }
}

function stateAbsence(draft: SectionDraft, accounts: FoundAccounts, id: FigureId): void {
  const { data, origin } = accounts;
  const document = data.documents[0];
  const problem = document?.figures[id].problem ?? null;
  if (problem !== null) {
    draft.gap(id, 'not_found', problem, [origin.source]);
    return;
  }
  const date = writtenDay(document?.balance_sheet_date ?? '');
  const isProfitAndLoss = FIGURES[id].unit === 'money' && PROFIT_AND_LOSS.includes(id);
  const detail =
    isProfitAndLoss && document?.no_profit_and_loss != null
      ? `The directors chose not to deliver a profit and loss account with the accounts made up to ${date}.`
      : isProfitAndLoss && document?.has_group_figures
        ? `The accounts made up to ${date} hold no such figure of the company itself, only of its group.`
        : `The accounts made up to ${date} hold no such figure.`;
  draft.gap(id, 'not_disclosed', detail, [origin.source]);
}

const PROFIT_AND_LOSS: readonly FigureId[] = ['turnover', 'gross_profit', 'operating_profit', 'profit_loss'];

function ageOf({ data }: FoundAccounts) {
  const since = data.documents[0]?.balance_sheet_date;
  return { basis: 'accounts', since, asOf: since } as const;
}
