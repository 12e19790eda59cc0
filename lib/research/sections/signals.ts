import type { DetectedSignal } from '@/lib/signals/schema';
import type { SectionDraft } from '../draft/section-draft';
import { type Answered, cite } from '../evidence/citations';
import type { Citation } from '../evidence/evidence-book';
import { writeSignals } from '../writer/signals';
import type { SectionDefinition } from './section-definition';

export const signals: SectionDefinition = {
  id: 'signals',
  title: 'Growth and buying signals',
  weight: 0.15,
  label: 'Looking for buying signals in the filings',
  required: ['signals_checked'],
  write: writeSignals,
  async collect(draft) {
    const filings = await draft.read('companies_house.filing_history');
    const detection = await draft.detectSignals();
    const found = [...detection.signals].sort((a, b) => b.event_date.localeCompare(a.event_date));
    for (const signal of found) stateSignal(draft, signal);
    if (filings.outcome !== 'ok' && filings.outcome !== 'empty') {
      draft.missing('signals_checked', filings);
      return;
    }
    const where = [whereLooked(filings), ...found.map(toCitation)];
    draft.state({
      field: 'signals_checked',
      value: detection.checks,
      method: 'computed',
      citations: where,
      formula: (ids) => `detectors(${[...new Set(ids)].join(', ')})`,
    });
    const looked = found.length === 0 ? { context: [whereLooked(filings)] } : {};
    draft.computed('signals_count', 'count', found.map(toCitation), { unit: 'signals', ...looked });
  },
};

function whereLooked(filings: Answered): Citation {
  return cite(filings, '$.items');
}

function toCitation({ origin, locator, snippet, event_date }: DetectedSignal): Citation {
  return { origin, locator, snippet, basis: 'register', since: origin.retrievedAt, publishedAt: event_date };
}

function stateSignal(draft: SectionDraft, signal: DetectedSignal): void {
  const { type, title, event_date, strength, confidence, why_it_matters, expires_on, origin } = signal;
  draft.noteAge(origin.retrievedAt, origin.stale);
  draft.state({
    field: 'signal',
    value: { type, title, event_date, strength, why_it_matters, expires_on },
    method: 'classified',
    ruleConfidence: confidence,
    citations: [toCitation(signal)],
    asOf: event_date,
    extra: true,
  });
  const evidence = [draft.evidenceId(toCitation(signal))];
  draft.addSignal({ type, title, event_date, confidence, evidence, expires_on });
}
