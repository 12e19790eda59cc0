'use client';

import { SignInAgain } from '@/components/shell/sign-in-again';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { ApiError } from './api-fetch';

type RequestFailureProps = {
  error: Error;
  /** What could not be read, at the beginning of a sentence. */
  what: string;
  onRetry: () => void;
};

/** Stands where something should be that could not be read, and says what to do. */
export function RequestFailure({ error, what, onRetry }: RequestFailureProps) {
  if (error instanceof ApiError && error.status === 401) {
    return (
      <Alert tone="warning" title="You have been signed out" action={<SignInAgain />} className="m-4">
        Nothing is lost, and work that was started goes on.
      </Alert>
    );
  }
  const again = (
    <Button size="sm" onClick={onRetry}>
      Try again
    </Button>
  );
  return (
    <Alert tone="danger" title={`${what} could not be read`} action={again} className="m-4">
      {error instanceof ApiError ? error.detail : 'Try again in a moment.'}
    </Alert>
  );
}
