import { redirect } from 'next/navigation';
import { cache } from 'react';
import { getUser, type SessionUser } from '@/lib/auth/session';

/** The person using the workspace; anyone else is sent to sign in. Read once per request. */
export const signedInUser = cache(async (): Promise<SessionUser> => {
  const user = await getUser();
  if (!user) redirect('/sign-in');
  return user;
});
