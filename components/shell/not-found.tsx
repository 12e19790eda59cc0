import { SearchX } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

/** One page for what does not exist and for what belongs to somebody else: the difference is nobody's business. */
export function NotFound({ children }: { children?: ReactNode }) {
  return (
    <div>
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        icon={SearchX}
        title="There is nothing here"
        action={
          <>
            <Button asChild variant="primary">
              <Link href="/">Home</Link>
            </Button>
            <Button asChild>
              <Link href="/companies">Search companies</Link>
            </Button>
          </>
        }
      >
        {children ?? 'The address may be mistyped, or what it points to belongs to somebody else.'}
      </EmptyState>
    </div>
  );
}
