'use client';

import { TriangleAlert } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { startTransition } from 'react';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

type LoadFailureProps = {
  /** Names the failure in the server's log. */
  digest: string | undefined;
  onRetry: () => void;
};

export function LoadFailure({ digest, onRetry }: LoadFailureProps) {
  const router = useRouter();
  const again = () =>
    startTransition(() => {
      router.refresh();
      onRetry();
    });
  return (
    <div role="alert">
      <EmptyState
        icon={TriangleAlert}
        title="This page could not be loaded"
        action={
          <Button variant="primary" onClick={again}>
            Try again
          </Button>
        }
      >
        <p>
          The database or another part of oppSpot did not answer. Nothing is lost, and work that was started goes on.
          Try again in a moment.
        </p>
        {digest && <p className="mt-2 text-xs">If it happens again, report this number: {digest}</p>}
      </EmptyState>
    </div>
  );
}
