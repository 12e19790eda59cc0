import { AppError } from '@/lib/errors';
import { type PlacedFact, tableOf, toAccountsFact } from './fact-table';
import { FIGURE_IDS, FIGURES, GROUP_SEGMENT, NO_PROFIT_AND_LOSS, TEXTS } from './figures';
import { type PickedFigure, pickFigure, placeOf } from './pick-figure';
import type { AccountsReading } from './schema';
import { parseTaggedDocument } from './tagged-document';
import { readWrittenDate } from './written-date';

type Table = ReadonlyMap<string, readonly PlacedFact[]>;

/** Filing software writes this where the filer says nothing. */
const NOTHING_SAID = /^(no description of principal activit|not (disclosed|stated|applicable)|n\/?a$)/i;
const LONGEST_TEXT = 600;

/**
 * Reads the figures of filed accounts: the company's own, of the balance sheet and of the one before.
 * @param text of the document, iXBRL or XBRL.
 * @throws AppError `provider_contract` when it is damaged, or holds no figures.
 */
export function readAccounts(text: string): AccountsReading {
  const document = parseTaggedDocument(text);
  const table = tableOf(document);
  const date = balanceSheetDate(table);
  const picked = FIGURE_IDS.map((id) => [id, pickFigure(table, FIGURES[id], date)] as const);
  const activity = textFact(table, TEXTS.principal_activity);
  const noProfitAndLoss = [...table.keys()].find((name) => name.startsWith(NO_PROFIT_AND_LOSS));
  const statement = noProfitAndLoss === undefined ? undefined : table.get(noProfitAndLoss)?.[0];
  const used = [
    ...picked.flatMap(([, { current, previous }]) => [current, previous]),
    ...[activity, statement].map((placed) => placed ?? null),
  ].filter((placed) => placed !== null);
  return {
    kind: document.kind,
    names_company: namedCompany(table, document.contexts.values()),
    balance_sheet_date: date,
    previous_date: previousDate(picked.map(([, figure]) => figure)),
    figures_of: 'company',
    has_group_figures: hasGroupFigures(table),
    dormant: isDormant(table),
    principal_activity: activity === undefined ? null : placeOf(activity),
    no_profit_and_loss: statement === undefined ? null : placeOf(statement),
    figures: figuresOf(picked),
    facts: keptFacts(used),
  };
}

/** The day that the document names as the end of its period, when it has figures of it; else the latest day of its figures. */
function balanceSheetDate(table: Table): string {
  const ends = FIGURE_IDS.flatMap((id) => FIGURES[id].tags.flatMap((tag) => table.get(tag) ?? []))
    .filter(({ context, value }) => context.segments.length === 0 && value !== null)
    .map(({ context }) => context.end ?? '')
    .filter((end) => readWrittenDate(end) === end)
    .sort();
  const latest = ends.at(-1);
  if (latest === undefined) {
    throw new AppError('provider_contract', { detail: 'The accounts document holds no figures of the company' });
  }
  const named = [...TEXTS.balance_sheet_date, ...TEXTS.period_end]
    .flatMap((tag) => table.get(tag) ?? [])
    .map(({ fact }) => readWrittenDate(fact.text))
    .find((day) => day !== null && ends.includes(day));
  return named ?? latest;
}

/** The day before the balance sheet date on which most figures stand. */
function previousDate(figures: readonly PickedFigure[]): string | null {
  const counts = new Map<string, number>();
  for (const { previous } of figures) {
    const end = previous?.context.end;
    if (end !== null && end !== undefined) counts.set(end, (counts.get(end) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? 1 : -1))[0]?.[0] ?? null;
}

function textFact(table: Table, tags: readonly string[]): PlacedFact | undefined {
  return tags
    .flatMap((tag) => table.get(tag) ?? [])
    .find(({ fact }) => fact.text.length > 2 && !NOTHING_SAID.test(fact.text));
}

function namedCompany(table: Table, contexts: Iterable<PlacedFact['context']>): string | null {
  const named = TEXTS.company_number.flatMap((tag) => table.get(tag) ?? []).find(({ fact }) => fact.text !== '');
  const identifier = [...contexts].find((context) => context.identifier !== '')?.identifier;
  return named?.fact.text ?? identifier ?? null;
}

function isDormant(table: Table): boolean | null {
  const fact = TEXTS.dormant.flatMap((tag) => table.get(tag) ?? [])[0]?.fact;
  if (fact === undefined) return null;
  const said = `${fact.format ?? ''} ${fact.text}`.toLowerCase();
  if (said.includes('true')) return true;
  return said.includes('false') ? false : null;
}

function hasGroupFigures(table: Table): boolean {
  return FIGURE_IDS.some((id) =>
    FIGURES[id].tags.some((tag) => table.get(tag)?.some(({ context }) => context.segments.includes(GROUP_SEGMENT))),
  );
}

function figuresOf(picked: readonly (readonly [(typeof FIGURE_IDS)[number], PickedFigure])[]) {
  const entries = picked.map(([id, { current, previous, problem }]) => [
    id,
    { current: current && placeOf(current), previous: previous && placeOf(previous), problem },
  ]);
  // The entries are made from FIGURE_IDS, so every figure is there.
  return Object.fromEntries(entries) as AccountsReading['figures'];
}

function keptFacts(used: readonly PlacedFact[]): AccountsReading['facts'] {
  const facts: AccountsReading['facts'] = {};
  for (const placed of used) {
    const fact = toAccountsFact(placed);
    facts[placed.fact.tag] = {
      ...facts[placed.fact.tag],
      [placed.fact.context]: { ...fact, text: fact.text.slice(0, LONGEST_TEXT) },
    };
  }
  return facts;
}
