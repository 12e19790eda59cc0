import { EvidenceButton } from '@/components/evidence/evidence-button';
import type { EvidenceView } from '@/components/evidence/evidence-card';
import { formatPercent } from '@/components/format/format-value';
import { RelativeTime } from '@/components/format/relative-time';

/** One fact in words, with where it comes from when that is recorded. */
export type FactView = {
  field: string;
  label: string;
  value: string;
  provenance: { source: string; observedAt: string; confidence: number; evidence: EvidenceView | null } | null;
};

/** What is known of a company; each fact's source opens on request. */
export function FactList({ facts }: { facts: readonly FactView[] }) {
  return (
    <dl className="divide-y">
      {facts.map((fact) => (
        <div
          key={fact.field}
          className="grid grid-cols-1 gap-x-4 gap-y-0.5 px-4 py-2.5 sm:grid-cols-[11rem_minmax(0,1fr)] xl:grid-cols-[11rem_minmax(0,1fr)_13rem]"
        >
          <dt className="text-muted-foreground">{fact.label}</dt>
          <dd className="min-w-0 whitespace-pre-line break-words">{fact.value}</dd>
          <dd className="text-[0.8125rem] text-muted-foreground sm:col-start-2 xl:col-start-3 xl:text-right">
            <Provenance fact={fact} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Provenance({ fact }: { fact: FactView }) {
  const { provenance } = fact;
  if (provenance === null) return <span>Register file</span>;
  const words = (
    <>
      <RelativeTime value={provenance.observedAt} title="Read" />
      <span aria-hidden>·</span>
      {formatPercent(provenance.confidence)} sure
    </>
  );
  if (provenance.evidence === null) return <span className="inline-flex items-center gap-1">{words}</span>;
  return (
    <EvidenceButton label={`Where “${fact.label}” comes from: ${provenance.source}`} evidence={provenance.evidence}>
      {words}
    </EvidenceButton>
  );
}
