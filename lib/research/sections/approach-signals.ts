import { isLive } from '@/lib/leads/bant';
import { insideSentence, wordsOf } from '@/lib/leads/signal-words';
import type { SectionDraft } from '../draft/section-draft';
import type { Statement } from '../schema';
import { readValue, signalValue } from '../values';

/** A signal that has not faded yet, with what it means for a conversation. */
export type LiveSignal = {
  statement: Statement;
  kind: string;
  type: string;
  title: string;
  /** Its title as the middle of a sentence has it. */
  inside: string;
  /** What was awarded. */
  detail: string | null;
  happenedOn: string;
  expiresOn: string;
};

/** Live signals that say something about a sale, newest first; overdue filings, departures and the like do not. */
export function liveSignals(draft: SectionDraft): LiveSignal[] {
  return draft.signals().flatMap((statement) => {
    const { kind, type, title, event_date: happenedOn, expires_on: expiresOn } = readValue(statement, signalValue);
    if (!isLive({ kind, expiresOn }, draft.today)) return [];
    return [{ statement, kind, type, title, ...insideSentence(kind, title), happenedOn, expiresOn }];
  });
}

/** Those that are worth a call now, and pleasant to be called about. */
export function reasonsToCall(signals: readonly LiveSignal[]): LiveSignal[] {
  return signals.filter(({ kind }) => wordsOf(kind)?.ask != null && !isWeak({ kind }));
}

export function isWeak({ kind }: Pick<LiveSignal, 'kind'>): boolean {
  return wordsOf(kind)?.isWeak === true;
}

/** An opening question about the event; null for what nobody likes to be asked about. */
export function askAbout({ kind, inside, detail }: LiveSignal): string | null {
  const ask = wordsOf(kind)?.ask ?? null;
  return ask === null ? null : `${ask[0]}${inside}${detail === null ? '' : ` (${detail})`}; ${ask[1]}`;
}
