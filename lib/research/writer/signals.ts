import { z } from 'zod';
import { lowerFirst } from '@/lib/companies/enumerations/in-words';
import { ENDED_STATUSES } from '@/lib/companies/register/board-roles';
import type { SectionFacts } from '../draft/section-facts';
import { sourceLabel } from '../field-labels';
import type { Statement } from '../schema';
import { checkValue, readValue, signalValue } from '../values';
import { writeGaps } from './gaps';
import { counted, inSeries } from './phrases';
import { type Cited, cited, say } from './say';

type Check = z.infer<typeof checkValue>;

/** More signals than this are left to the dated list beside the text. */
const TOLD = 5;

export function writeSignals(facts: SectionFacts): (Cited | null)[] {
  const signals = facts.extras('signal');
  const hasEnded = ENDED_STATUSES.includes(String(facts.entryOf('identity', 'status').statement?.value));
  const count = cited(facts.statement('signals_count'), ({ value }) => counted(Number(value), 'dated event'));
  const checked = facts.statement('signals_checked');
  const checks = checked === null ? [] : readValue(checked, z.array(checkValue));
  return [
    signals.length === 0 ? null : say`The past year holds ${count} worth knowing.`,
    ...signals.slice(0, TOLD).map((signal, index, told) => signalSentence(signal, told.slice(0, index), hasEnded)),
    signals.length > 0 || checks.every(({ outcome }) => outcome === 'not_run')
      ? null
      : say`${cited(checked, () => 'No signal')} was found in what was read of the past year.`,
    checkSentence(facts, checked, checks),
    ...writeGaps(facts),
  ];
}

/** What happened and why it matters: once, and not of a company that is gone, to which nothing matters any more. */
function signalSentence(statement: Statement, before: readonly Statement[], hasEnded: boolean): Cited | null {
  const { title, why_it_matters: why } = readValue(statement, signalValue);
  const isKnown = before.some((other) => readValue(other, signalValue).why_it_matters === why);
  return say`${cited(statement, () => (isKnown || hasEnded ? ended(title) : `${ended(title)} ${why}`))}`;
}

/** With a full stop, unless a quotation at its end has one. */
function ended(title: string): string {
  return /[.!?][”’]?$/.test(title) ? title : `${title}.`;
}

/** How many kinds of event were looked for, and which could not be: the table below names all. */
function checkSentence(facts: SectionFacts, checked: Statement | null, checks: readonly Check[]): Cited | null {
  const tally = cited(facts.statement('signals_checked_result'), ({ value }) => String(value));
  const open = notRun(checks);
  return open.length === 0
    ? say`This rests on ${tally}.`
    : say`This rests on ${tally}: ${cited(checked, () => open.join('; '))}.`;
}

/** Those that did not run, with why; the ones that did not for the same reason together. */
function notRun(checks: readonly Check[]): string[] {
  const groups = new Map<string, string[]>();
  for (const check of checks.filter(({ outcome }) => outcome === 'not_run')) {
    const why = whyNot(check);
    groups.set(why, [...(groups.get(why) ?? []), check.detector_text]);
  }
  return [...groups].map(([why, labels]) => `${inSeries(labels)} (${why})`);
}

/** Technical reasons stay in the table; the sentence says in words what was tried. */
function whyNot({ cause, reason, sources }: Check): string {
  if (cause === 'source_failed') return `${inSeries(sources.map(sourceLabel))} could not be read this time`;
  return lowerFirst(reason ?? '').replace(/\.$/, '');
}
