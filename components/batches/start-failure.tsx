'use client';

import { ApiError } from '@/components/http/api-fetch';
import { SignInAgain } from '@/components/shell/sign-in-again';
import { Alert } from '@/components/ui/alert';

/** Why a batch was not started. */
export function StartFailure({ error }: { error: Error | null }) {
  if (!error) return null;
  if (error instanceof ApiError && error.status === 401) {
    return (
      <Alert tone="warning" title="You have been signed out" action={<SignInAgain />}>
        Nothing was started.
      </Alert>
    );
  }
  return (
    <Alert tone="danger" title={error instanceof ApiError ? error.title : 'The batch was not started'}>
      {error instanceof ApiError ? error.detail : 'Nothing was started. Try again in a moment.'}
    </Alert>
  );
}
