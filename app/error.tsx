'use client';

import { LoadFailure } from '@/components/shell/load-failure';

export default function RootError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="flex min-h-dvh items-center justify-center">
      <LoadFailure digest={error.digest} onRetry={reset} />
    </main>
  );
}
