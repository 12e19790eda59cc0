'use client';

import { LoadFailure } from '@/components/shell/load-failure';

export default function WorkspaceError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <LoadFailure digest={error.digest} onRetry={reset} />;
}
