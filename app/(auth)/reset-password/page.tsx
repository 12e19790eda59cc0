import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import Link from 'next/link';
import { Alert } from '@/components/ui/alert';
import { MIN_PASSWORD_LENGTH } from '@/lib/auth/credentials';
import { isRecoveryPassOf, RECOVERY_COOKIE } from '@/lib/auth/recovery-pass';
import { getUser } from '@/lib/auth/session';
import { setPasswordAction } from '../actions';
import { AuthForm } from '../auth-form';
import { AuthFooter, AuthHeading } from '../auth-heading';

export const metadata: Metadata = { title: 'New password' };

export default async function ResetPasswordPage() {
  const user = await getUser();
  const pass = (await cookies()).get(RECOVERY_COOKIE)?.value;
  if (!user || !(await isRecoveryPassOf(user.id, pass))) return <NoPass />;
  return (
    <>
      <AuthHeading title="Choose a new password">For {user.email}. Your other sessions end.</AuthHeading>
      <AuthForm
        action={setPasswordAction}
        submit="Save the password"
        afterwards={
          <Link href="/" className="font-medium underline underline-offset-4">
            Go on to oppSpot
          </Link>
        }
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
