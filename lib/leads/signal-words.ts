import { lowerFirst } from '@/lib/companies/enumerations/in-words';
import type { SignalKind } from '@/lib/signals/schema';

/** What a kind of signal means for a sale. */
export type SignalWords = {
  /** How to begin with it: the words in front of the event and the question after it. Null: nobody likes to be asked. */
  ask: readonly [before: string, after: string] | null;
  /** What the event makes the company need; follows the event. */
  need?: string;
  /** What it says about money to spend; follows the event. */
  budget?: string;
  /** Something to mention, and no reason to call by itself: it often means nothing. */
  isWeak?: true;
};

const NEWCOMER = ', and newcomers review what is bought';
const SHARES: SignalWords = {
  ask: ['I saw ', 'what do you mean to do next?'],
  budget: ' often bring new money; how much is not in the list of filings',
};
const FUNDING: SignalWords = {
  ask: ['I read that ', 'what does it let you start?'],
  budget: ', which is money to spend',
};
const EXPANSION: SignalWords = {
  ask: ['I read that ', 'what has to be ready first?'],
  need: ', which has to be equipped',
};
const EXECUTIVE: SignalWords = { ask: ['I read that ', 'what is to change?'], need: NEWCOMER };
/** Kinds that are worth a call, those that say most about a need first. */
const WORDS: Partial<Record<SignalKind, SignalWords>> = {
  contract_award: {
    ask: ['I saw ', 'what do you need in place to deliver it?'],
    need: ' has to be delivered',
    budget: ' pays for what its delivery takes',
  },
  hiring_wave: {
    ask: ['I saw ', 'which of them matters most this year?'],
    need: ', and new people need tools, places and training',
  },
  expansion_confirmed: EXPANSION,
  expansion_reported: EXPANSION,
  headcount_growth: {
    ask: ['I saw that ', 'what does so much growth strain most?'],
    need: ', and more people need tools, places and training',
  },
  uk_establishment: { ask: ['I saw ', 'what do you set up first?'], need: ' has to be set up' },
  new_job_location: {
    ask: ['I saw that ', 'what do you set up there first?'],
    need: ', and a new place of work has to be equipped',
  },
  technology_appeared: {
    ask: ['I saw that ', 'what made you choose it?'],
    need: ', and what works with it is wanted as well',
  },
  tool_in_job_adverts: {
    ask: ['I saw ', 'how well does it serve you today?'],
    need: ', so it is in use or on its way in',
  },
  director_appointed: { ask: ['I saw that ', 'what is first on the list?'], need: NEWCOMER },
  executive_confirmed: EXECUTIVE,
  executive_reported: EXECUTIVE,
  funding_confirmed: FUNDING,
  funding_reported: FUNDING,
  share_allotment_in_the_news: SHARES,
  share_allotment_with_resolution: SHARES,
  share_allotment: SHARES,
  turnover_growth: { ask: null, budget: ', and a business that sells more can spend more' },
  office_move: { ask: ['I saw that ', 'has the business moved as well?'], isWeak: true },
  secured_borrowing: { ask: null, budget: ': money to spend, or a sign of pressure' },
};
/** Kinds that say something about a sale, those that say most about a need first. */
export const TELLING_KINDS: readonly string[] = Object.keys(WORDS);

/** @returns what the kind means for a sale; undefined for a kind that says nothing about one. */
export function wordsOf(kind: string): SignalWords | undefined {
  return Object.entries(WORDS).find(([name]) => name === kind)?.[1];
}

/** What a title says after the day, as a contract's own title, or what it quotes. */
const DETAIL = /^(.* on \d{1,2} \p{L}+ \d{4}): (.*)$/u;
/** Titles that leave out an article which a sentence needs. */
const WITH_ARTICLE = ['contract_award', 'uk_establishment', 'office_move', 'headcount_growth'];
/** Titles that begin with the name of a tool, an outlet or a person. */
const NAMED = /^(tool_in_job_adverts|technology_appeared|director_appointed|.*_(reported|confirmed))$/;

/** The event as the middle of a sentence has it: titles begin with a capital that only names keep. */
export function insideSentence(kind: string, title: string): { inside: string; detail: string | null } {
  const [, event = title, detail = null] = DETAIL.exec(title) ?? [];
  const isNamed = NAMED.test(kind) && !event.startsWith('A director ');
  const inside = isNamed ? event : lowerFirst(event);
  const article = WITH_ARTICLE.includes(kind) ? 'the ' : '';
  return { inside: `${article}${inside}`, detail: kind === 'contract_award' ? detail : null };
}
