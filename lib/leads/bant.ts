import { daysBetween, writtenDay } from '@/lib/companies/register/calendar';
import { moneyText } from '@/lib/companies/register/money-text';
import { insideSentence, TELLING_KINDS, wordsOf } from './signal-words';

/** Design note research 1.7: an event of the last quarter says when, an older one only indicates it. */
const KNOWN_DAYS = 90;
/** From this change of the number of employees on, a company outgrows what it has; in percent. */
const GROWING = 10;

/** A signal, as far as it matters here. */
export type LeadSignal = { kind: string; title: string; happenedOn: string; expiresOn: string };

/** What is known of a company, whoever found it: a report states it, the score cites it. */
export type LeadFacts<S extends LeadSignal> = {
  today: string;
  /** Newest first. */
  signals: readonly S[];
  /** Cash of the last balance sheet as a sentence names it, such as "cash of £12 on ..."; null when unknown or none. */
  cash: string | null;
  /** A profit of the last accounts, likewise. */
  profit: string | null;
  /** Those in office who decide. */
  board: { count: number; areMembers: boolean };
  /** Change of the number of employees over a year, in percent; null when unknown. */
  employeesGrowth: number | null;
};

/** What a letter rests on: a signal, or one of the other facts. */
export type Basis<S> = { signal: S } | { fact: 'cash' | 'profit' | 'board' | 'employeesGrowth' };
export type Letter<S> = { state: 'known' | 'indicated'; text: string; basis: Basis<S> };
export type Bant<S> = Record<'budget' | 'authority' | 'need' | 'timing', Letter<S> | null>;

/**
 * Budget, authority, need and timing, each with what speaks for it; null for a letter that nothing speaks for, which is a
 * question to ask. The report and the score both ask here, so that they say the same of the same company.
 */
export function bantOf<S extends LeadSignal>(facts: LeadFacts<S>): Bant<S> {
  const live = facts.signals.filter((signal) => isLive(signal, facts.today));
  return {
    budget: budget(facts, live),
    authority: authority(facts),
    need: need(facts, live),
    timing: timing(facts, live),
  };
}

/** An amount of filed accounts: in hundredths of its currency, on a day or over the period to it. */
export type Amount = { hundredths: number; currency: string | null; day: string };

/** @returns how a sentence names cash; null where there is none. */
export function cashText(cash: Amount | null): string | null {
  if (cash === null || cash.hundredths <= 0) return null;
  return `cash of ${moneyText(cash.hundredths, cash.currency)} on the balance sheet of ${writtenDay(cash.day)}`;
}

/** @returns how a sentence names a profit; null for a loss. */
export function profitText(profit: Amount | null): string | null {
  if (profit === null || profit.hundredths <= 0) return null;
  return `a profit of ${moneyText(profit.hundredths, profit.currency)} in the period to ${writtenDay(profit.day)}`;
}

/** Whether a signal says something about a sale and has not faded yet. */
export function isLive({ kind, expiresOn }: Pick<LeadSignal, 'kind' | 'expiresOn'>, today: string): boolean {
  return TELLING_KINDS.includes(kind) && expiresOn >= today;
}

/** The newest event that brings money, else what the accounts say is there. */
function budget<S extends LeadSignal>({ cash, profit }: LeadFacts<S>, live: readonly S[]): Letter<S> | null {
  const signal = live.find(({ kind }) => wordsOf(kind)?.budget !== undefined);
  if (signal !== undefined) return indicated(`${insideOf(signal)}${wordsOf(signal.kind)?.budget ?? ''}`, { signal });
  if (cash !== null) return indicated(cash, { fact: 'cash' });
  return profit === null ? null : indicated(profit, { fact: 'profit' });
}

function authority<S extends LeadSignal>({ board }: LeadFacts<S>): Letter<S> | null {
  if (board.count === 0) return null;
  const role = `statutory ${board.areMembers ? 'member' : 'director'}`;
  const are = board.count === 1 ? `1 ${role} is` : `${board.count} ${role}s are`;
  return indicated(`${are} in office; who decides on purchases is not on the register`, { fact: 'board' });
}

/** The event that says most about a need, else growth. */
function need<S extends LeadSignal>({ employeesGrowth }: LeadFacts<S>, live: readonly S[]): Letter<S> | null {
  const [signal] = live
    .filter(({ kind }) => wordsOf(kind)?.need !== undefined)
    .sort((a, b) => TELLING_KINDS.indexOf(a.kind) - TELLING_KINDS.indexOf(b.kind));
  if (signal !== undefined) return indicated(`${insideOf(signal)}${wordsOf(signal.kind)?.need ?? ''}`, { signal });
  if (employeesGrowth === null || employeesGrowth < GROWING) return null;
  const text = `the number of employees grew by ${employeesGrowth}%, and a larger company outgrows what it has`;
  return indicated(text, { fact: 'employeesGrowth' });
}

function timing<S extends LeadSignal>({ today }: LeadFacts<S>, live: readonly S[]): Letter<S> | null {
  const signal = live.find(({ kind }) => wordsOf(kind)?.isWeak !== true);
  if (signal === undefined) return null;
  const isRecent = daysBetween(signal.happenedOn, today) <= KNOWN_DAYS;
  const text = `the newest event that can change what is bought dates from ${writtenDay(signal.happenedOn)}`;
  return { state: isRecent ? 'known' : 'indicated', text, basis: { signal } };
}

function insideOf({ kind, title }: LeadSignal): string {
  return insideSentence(kind, title).inside;
}

function indicated<S>(text: string, basis: Basis<S>): Letter<S> {
  return { state: 'indicated', text, basis };
}
