import { filingText } from '@/lib/companies/enumerations/filing-text';
import { addDays } from '@/lib/companies/register/calendar';
import { type PlacedFiling, secondFiledOn, transactionId } from '@/lib/companies/register/filing-values';
import type { Register } from '@/lib/companies/register/register';
import type { SourceId } from '@/lib/sources/registry';
import { DOUBT_PENALTY, SIGNAL_KINDS, type SignalKind, UNSTATED_DAY_PENALTY } from './kinds';
import type { DetectedSignal, SignalPlace, SignalType } from './schema';

/** One way of finding signals: one file in `detectors/` and one line in its registry. */
export type Detector = {
  name: string;
  /** What it looks for, as a sentence names it. */
  label: string;
  type: SignalType;
  /** Without an answer from these, "nothing found" cannot be said. */
  needs: readonly SourceId[];
  /** Read as well, to say more; may fail. */
  uses: readonly SourceId[];
  /** Why an answer with nothing in it does not show that there is nothing; null when it does. */
  whyUnreadable?(register: Register): string | null;
  detect(register: Register): DetectedSignal[];
};

export type SignalDraft = {
  kind: SignalKind;
  title: string;
  why: string;
  /** The day it happened. */
  happenedOn: string;
  /** Identifies the event within the company, such as the register's transaction id. */
  eventId: string;
  source: SourceId;
  locator: string;
  snippet: string;
  also?: readonly SignalPlace[];
  strength?: DetectedSignal['strength'];
  dayIsStated?: boolean;
  doubtful?: boolean;
};

/** @returns the signal of a draft, as a list of one; empty when its source gave no answer that could be cited. */
export function toSignal(register: Register, draft: SignalDraft): DetectedSignal[] {
  const origin = register.originOf(draft.source);
  if (origin === null) return [];
  const facts = SIGNAL_KINDS[draft.kind];
  const penalty =
    (draft.dayIsStated === false ? UNSTATED_DAY_PENALTY : 0) + (draft.doubtful === true ? DOUBT_PENALTY : 0);
  return [
    {
      type: facts.type,
      kind: draft.kind,
      title: draft.title,
      event_date: draft.happenedOn,
      strength: draft.strength ?? facts.strength,
      confidence: Math.round((facts.confidence - penalty) * 100) / 100,
      why_it_matters: draft.why,
      expires_on: addDays(draft.happenedOn, facts.expiresAfterDays),
      dedupe_key: `${register.companyNumber}:${facts.type}:${draft.eventId}`,
      origin,
      locator: draft.locator,
      snippet: draft.snippet,
      also: [...(draft.also ?? [])],
    },
  ];
}

/** What a signal taken from a filing cites: the filing's place in the list and its text. */
export function citeFiling({ filing, index }: PlacedFiling) {
  const corrected = secondFiledOn(filing);
  const parts = [
    `${filing.type ?? 'Filing'} of ${filing.date ?? 'unknown date'}: ${filingText(filing)}`,
    corrected === null ? '' : `corrected by a second filing registered on ${corrected}`,
  ];
  return {
    source: 'companies_house.filing_history',
    locator: `$.items[${index}]`,
    snippet: parts.filter(Boolean).join('; '),
    eventId: transactionId(filing),
  } as const;
}
