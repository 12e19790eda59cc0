import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import Link from 'next/link';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { MIN_PASSWORD_LENGTH } from '@/lib/auth/credentials';
import { isRecoveryPassOf, RECOVERY_COOKIE } from '@/lib/auth/recovery-pass';
import { getUser } from '@/lib/auth/session';
import { setPasswordAction } from '../actions';
import { AuthForm } from '../auth-form';
import { AuthFooter, AuthHeading } from '../auth-heading';

export const metadata: Metadata = { title: 'New password' };

type Query = { done?: string | string[] };

export default async function ResetPasswordPage({ searchParams }: { searchParams: Promise<Query> }) {
  const user = await getUser();
  if (user && (await searchParams).done) return <Done />;
  const pass = (await cookies()).get(RECOVERY_COOKIE)?.value;
  if (!user || !(await isRecoveryPassOf(user.id, pass))) return <NoPass />;
  return (
    <>
      <AuthHeading title="Choose a new password">For {user.email}. Your other sessions end.</AuthHeading>
      <AuthForm
        action={setPasswordAction}
        submit="Save the password"
        fields={[
          {
            name: 'password',
            label: 'New password',
            type: 'password',
            autoComplete: 'new-password',
            hint: `At least ${MIN_PASSWORD_LENGTH} characters.`,
          },
          { name: 'repeated', label: 'New password again', type: 'password', autoComplete: 'new-password' },
        ]}
      />
    </>
  );
}

function NoPass() {
  return (
    <>
      <AuthHeading title="Choose a new password" />
      <Alert tone="warning">This needs the link from our mail, and the link works for a short time only.</Alert>
      <AuthFooter>
        <Link href="/forgot-password">Send me another mail</Link>
      </AuthFooter>
    </>
  );
}

function Done() {
  return (
    <>
      <AuthHeading title="Your password is changed">
        You are signed in here. Everywhere else it needs the new one.
      </AuthHeading>
      <Button asChild variant="primary" size="lg">
        <Link href="/">Go on to oppSpot</Link>
      </Button>
    </>
  );
}
