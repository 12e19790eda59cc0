import type { Filing } from '@/lib/sources/companies-house/schema';
import { toDay } from './calendar';
import { describedBy, filedOn, type PlacedFiling, placed } from './filing-values';

const STEPS = [
  // Both spellings of "compulsory" occur in the register's own list.
  { step: 'notice_compulsory', pattern: /^gazette-notice-compuls[ao]ry/ },
  { step: 'notice_voluntary', pattern: /^gazette-notice-voluntary/ },
  {
    step: 'discontinued',
    pattern: /^(gazette-filings-brought-up-to-date|dissolution-voluntary-strike-off-discontinued)/,
  },
  {
    step: 'suspended',
    pattern: /^(dissolved-compulsory-strike-off-suspended|dissolution-voluntary-strike-off-suspended)/,
  },
] as const;

export type StrikeOffStep = (typeof STEPS)[number]['step'];
export type StrikeOffEvent = PlacedFiling & { step: StrikeOffStep; happenedOn: string };

/** First Gazette notices, and what stopped them, newest first as in the filing history. */
export function findStrikeOffEvents(filings: readonly Filing[]): StrikeOffEvent[] {
  return placed(filings).flatMap(({ filing, index }) => {
    const found = STEPS.find(({ pattern }) => describedBy(filing, pattern));
    const happenedOn = toDay(filing.action_date) ?? filedOn(filing);
    return found === undefined || happenedOn === null ? [] : [{ filing, index, step: found.step, happenedOn }];
  });
}

/** The first Gazette notice that nothing has discontinued since; null when none is live. A suspension does not end it. */
export function liveStrikeOffNotice(filings: readonly Filing[]): StrikeOffEvent | null {
  const byDay = findStrikeOffEvents(filings).sort((a, b) =>
    a.happenedOn === b.happenedOn ? a.index - b.index : b.happenedOn.localeCompare(a.happenedOn),
  );
  const withdrawn = placed(filings).find(({ filing }) => describedBy(filing, /^dissolution-withdrawal-/));
  const withdrawnOn = withdrawn === undefined ? null : filedOn(withdrawn.filing);
  const latest = byDay.find(({ step }) => step !== 'suspended');
  if (latest === undefined || latest.step === 'discontinued') return null;
  return withdrawnOn !== null && withdrawnOn >= latest.happenedOn ? null : latest;
}
