import type { DetectedSignal, SignalPlace } from '@/lib/signals/schema';
import type { SectionDraft } from '../draft/section-draft';
import { type Answered, type Citation, cite } from '../evidence/citations';
import { findPath } from '../evidence/json-path';
import { numberKeys } from '../evidence/number-keys';
import { writeSignals } from '../writer/signals';
import type { SectionDefinition } from './section-definition';
import { stateChecks } from './signals-checked';

export const signals: SectionDefinition = {
  id: 'signals',
  title: 'Growth and buying signals',
  weight: 0.15,
  label: 'Looking for buying signals in the filings',
  required: ['signals_checked', 'signals_count'],
  write: writeSignals,
  async collect(draft) {
    const filings = await draft.read('companies_house.filing_history');
    const detection = await draft.detectSignals();
    const found = [...detection.signals].sort((a, b) => b.event_date.localeCompare(a.event_date));
    const days = await citationsOfDays(draft, found);
    for (const signal of found) stateSignal(draft, signal, days);
    const profile = await draft.read('companies_house.profile');
    const isKnown = filings.outcome === 'ok' || profile.outcome !== 'empty';
    const isStated = isKnown && (await stateChecks(draft, detection.checks, found.map(toCitation)));
    if (filings.outcome === 'ok' || (filings.outcome === 'empty' && isKnown)) stateCount(draft, filings, found);
    else for (const field of [...(isStated ? [] : ['signals_checked']), 'signals_count']) draft.missing(field, filings);
  },
};

/** A number only where the filings were read: most events stand there, and an outage must not read as silence. */
function stateCount(draft: SectionDraft, filings: Answered, found: readonly DetectedSignal[]): void {
  const looked = found.length === 0 ? { context: [cite(filings, '$.items')] } : {};
  draft.computed('signals_count', 'count', found.map(toCitation), { unit: 'signals', ...looked });
}

function toCitation({ event_date, ...place }: DetectedSignal): Citation {
  return { ...placeCited(place), publishedAt: event_date };
}

function placeCited({ origin, locator, snippet }: SignalPlace): Citation {
  return { origin, locator, snippet, basis: 'register', since: origin.retrievedAt };
}

/** Where a filing does not state the day itself, another list of the register does: that is cited as well. */
async function citationsOfDays(draft: SectionDraft, found: readonly DetectedSignal[]): Promise<Map<string, Citation>> {
  const days = new Map<string, Citation>();
  for (const { snippet, event_date: day } of found) {
    if (days.has(day) || numberKeys(snippet).has(day)) continue;
    for (const source of [
      'companies_house.insolvency',
      'companies_house.officers',
      'companies_house.charges',
    ] as const) {
      const outcome = await draft.read(source);
      const path = outcome.outcome === 'ok' ? findPath(outcome.data, day) : null;
      if (outcome.outcome === 'ok' && path !== null && !days.has(day)) days.set(day, cite(outcome, path));
    }
  }
  return days;
}

function stateSignal(draft: SectionDraft, signal: DetectedSignal, days: ReadonlyMap<string, Citation>): void {
  const { type, kind, title, event_date, strength, confidence, why_it_matters, expires_on, origin } = signal;
  draft.noteAge(origin.retrievedAt, origin.stale);
  const day = days.get(event_date);
  const citations = [
    toCitation(signal),
    ...signal.also.map(placeCited),
    ...(day === undefined || numberKeys(signal.snippet).has(event_date) ? [] : [day]),
  ];
  draft.state({
    field: 'signal',
    value: { type, kind, title, event_date, strength, why_it_matters, expires_on },
    method: 'classified',
    ruleConfidence: confidence,
    citations,
    asOf: event_date,
    extra: true,
  });
  const evidence = citations.map(draft.evidenceId);
  draft.addSignal({ type, title, event_date, confidence, evidence, expires_on });
}
