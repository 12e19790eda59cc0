import { CloudOff } from 'lucide-react';
import Link from 'next/link';
import { PageHeader } from '@/components/shell/page-header';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

type NotLookedUpProps = {
  companyNumber: string;
  /** Why the register was not asked, and what can be done. */
  reason: string;
};

/** A number that the workspace does not know while the register cannot be asked: not the same as "not found". */
export function NotLookedUp({ companyNumber, reason }: NotLookedUpProps) {
  return (
    <>
      <PageHeader title={`Company ${companyNumber}`} />
      <EmptyState
        icon={CloudOff}
        title="The register could not be asked"
        action={
          <>
            <Button asChild variant="primary">
              {/* A whole new request: the page that could not be made is not kept. */}
              <a href={`/companies/${encodeURIComponent(companyNumber)}`}>Try again</a>
            </Button>
            <Button asChild>
              <Link href="/companies">Search companies</Link>
            </Button>
          </>
        }
      >
        The workspace does not know this company yet. {reason}
      </EmptyState>
    </>
  );
}
