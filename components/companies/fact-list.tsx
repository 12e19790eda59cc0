import { EvidenceButton } from '@/components/evidence/evidence-button';
import type { EvidenceView } from '@/components/evidence/evidence-card';
import { confidenceBand, formatExact, formatPercent } from '@/components/format/format-value';

/** One fact in words, with where it comes from when that is recorded. */
export type FactView = {
  field: string;
  label: string;
  /** Several lines where there are several values. */
  value: string;
  provenance: { source: string; observedAt: string; confidence: number; evidence: EvidenceView | null } | null;
};
export type FactGroupView = { title: string; facts: readonly FactView[] };

/** What is known of a company; each fact's source opens on request. */
export function FactGroups({ groups }: { groups: readonly FactGroupView[] }) {
  // Before the first enrichment every fact is from the register's file: saying so once, in the heading, is enough.
  const withProvenance = groups.some(({ facts }) => facts.some(({ provenance }) => provenance !== null));
  return groups.map((group) => (
    <section key={group.title} aria-label={group.title} className="border-b py-2 last:border-b-0">
      <h3 className="px-4 pt-1.5 pb-1 font-medium text-muted-foreground text-xs">{group.title}</h3>
      <dl>
        {group.facts.map((fact) => (
          <FactRow key={fact.field} fact={fact} withProvenance={withProvenance} />
        ))}
      </dl>
    </section>
  ));
}

function FactRow({ fact, withProvenance }: { fact: FactView; withProvenance: boolean }) {
  return (
    <div className="grid grid-cols-1 gap-x-4 gap-y-0.5 px-4 py-1.5 sm:grid-cols-[11rem_minmax(0,1fr)] xl:grid-cols-[11rem_minmax(0,1fr)_auto]">
      <dt className="text-muted-foreground">{fact.label}</dt>
      <dd className="min-w-0 whitespace-pre-line break-words">{fact.value}</dd>
      {withProvenance && (
        <dd className="text-[0.8125rem] text-muted-foreground sm:col-start-2 xl:col-start-3 xl:text-right">
          <Provenance fact={fact} />
        </dd>
      )}
    </div>
  );
}

function Provenance({ fact }: { fact: FactView }) {
  const { provenance } = fact;
  if (provenance === null) return <span>register file</span>;
  const { source, observedAt, confidence, evidence } = provenance;
  const title = `${source}, read ${formatExact(observedAt)}, confidence ${formatPercent(confidence)}`;
  // Nearly all is copied from a register: how sure that is, is worth a word only where there is doubt.
  const doubt = confidenceBand(confidence) === 'high' ? '' : `, ${formatPercent(confidence)} sure`;
  const words = `${source}${doubt}`;
  if (evidence === null) return <span title={title}>{words}</span>;
  return (
    <EvidenceButton label={`Where “${fact.label}” comes from: ${title}`} tip={title} evidence={evidence}>
      {words}
    </EvidenceButton>
  );
}
