'use client';

import { Button } from '@/components/ui/button';

/** Loading the page again leads a signed-out person to the sign-in page, and from there back here. */
export function SignInAgain() {
  return (
    <Button size="sm" onClick={() => window.location.reload()}>
      Sign in again
    </Button>
  );
}
