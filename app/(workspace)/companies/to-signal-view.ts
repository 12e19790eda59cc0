import type { EvidenceView } from '@/components/evidence/evidence-card';
import type { SignalView } from '@/components/signals/signal-item';
import type { StoredSignal } from '@/lib/signals/signal-repository';

export function toSignalView(signal: StoredSignal): SignalView {
  return {
    type: signal.type,
    title: signal.title,
    eventDate: signal.event_date,
    confidence: signal.confidence,
    expiresOn: signal.expires_on,
    strength: signal.strength,
    whyItMatters: signal.why_it_matters,
  };
}

/** One for each place that shows the event. */
export function toSignalEvidence({ evidence: { also, ...first } }: StoredSignal): EvidenceView[] {
  return [first, ...also].map(({ origin, locator, snippet }) => ({
    title: origin.title,
    url: origin.url,
    retrievedAt: origin.retrievedAt,
    publishedAt: origin.publishedAt,
    reliability: origin.reliability,
    stale: origin.stale,
    excerpts: [{ snippet, locator }],
  }));
}
