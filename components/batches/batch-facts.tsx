import { RelativeTime } from '@/components/format/relative-time';
import { queueTitle } from '@/components/jobs/queue-names';
import type { Batch } from '@/types/batches';
import { countCompanies, describeFilter } from './batch-words';

/** What a batch does with which companies, and when. */
export function BatchFacts({ batch }: { batch: Batch }) {
  const facts = [
    batch.name && queueTitle(batch.queue),
    // A batch of a list without a name has the number in its title.
    batch.total === null ? 'Companies being counted' : (batch.name || batch.filter) && countCompanies(batch.total),
    batch.name && batch.filter && describeFilter(batch.filter),
  ].filter(Boolean);
  return (
    <p className="flex flex-wrap gap-x-3">
      {facts.map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
      <span>
        Requested <RelativeTime value={batch.created_at} title="Requested" />
      </span>
      {batch.finished_at && (
        <span>
          Ended <RelativeTime value={batch.finished_at} title="Ended" />
        </span>
      )}
    </p>
  );
}
