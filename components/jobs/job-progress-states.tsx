'use client';

import { WifiOff } from 'lucide-react';
import { ApiError } from '@/components/http/api-fetch';
import { useOnline } from '@/components/http/use-online';
import { SignInAgain } from '@/components/shell/sign-in-again';
import { Alert } from '@/components/ui/alert';
import { Skeleton } from '@/components/ui/skeleton';

/** Why what is shown may be old; the work itself goes on. */
export function ConnectionNote({ error, over }: { error: Error | null; over: boolean }) {
  const online = useOnline();
  if (over || (online && !error)) return null;
  return (
    <p role="status" className="flex items-center gap-2 text-[0.8125rem] text-warning-text">
      <WifiOff aria-hidden className="size-3.5" />
      {online ? unreachableText(error) : 'You are offline. The work goes on; this catches up when you are back.'}
    </p>
  );
}

function unreachableText(error: Error | null): string {
  if (error instanceof ApiError && error.status === 401)
    return 'You have been signed out. The work goes on; sign in again to follow it.';
  return 'The server does not answer just now. The work goes on; asking again shortly.';
}

/** Before the first answer. */
export function UnreadJob({ title }: { title: string }) {
  return (
    <section
      aria-label={`${title} progress`}
      aria-busy
      className="flex flex-col gap-2 rounded-lg border bg-surface p-4"
    >
      <h2 className="flex min-h-8 items-center font-medium text-sm">{title}: asking how far it is</h2>
      <Skeleton className="my-[0.3125rem] h-1.5 w-full" />
      <Skeleton className="h-5 w-1/2" />
    </section>
  );
}

/** There is no answer, and why. */
export function UnreadableJob({ error, title }: { error: Error; title: string }) {
  if (error instanceof ApiError && error.status === 401) {
    return (
      <Alert tone="warning" title="You have been signed out" action={<SignInAgain />}>
        The work goes on without this page.
      </Alert>
    );
  }
  return (
    <Alert tone="danger" title={`${title}: its progress cannot be shown`}>
      {error instanceof ApiError ? error.detail : 'Reload the page to try again. The work goes on.'}
    </Alert>
  );
}
