import { Link2Off } from 'lucide-react';
import { EmptyState } from '@/components/ui/empty-state';

/** The same for a link that never was, has run out or was ended: the difference is nobody's business. */
export default function SharedReportNotFound() {
  return (
    <>
      <h1 className="sr-only">No report</h1>
      <EmptyState icon={Link2Off} title="This link shows no report">
        It may be mistyped, have run out, or have been ended by the person who made it. Ask them for a new one.
      </EmptyState>
    </>
  );
}
