import type { Metadata } from 'next';
import Link from 'next/link';
import { MIN_PASSWORD_LENGTH } from '@/lib/auth/credentials';
import { safeNext } from '@/lib/auth/safe-next';
import { config } from '@/lib/config';
import { signUpAction } from '../actions';
import { AuthForm } from '../auth-form';
import { AuthFooter, AuthHeading } from '../auth-heading';
import { MailboxLink } from '../mailbox-link';

export const metadata: Metadata = { title: 'Create an account' };

type Query = { next?: string | string[] };

export default async function SignUpPage({ searchParams }: { searchParams: Promise<Query> }) {
  const next = safeNext((await searchParams).next);
  return (
    <>
      <AuthHeading title="Create an account">We send a mail to confirm your address.</AuthHeading>
      <AuthForm
        action={signUpAction}
        submit="Create account"
        next={next}
        afterwards={config().embedded.mailboxUrl && <MailboxLink />}
        fields={[
          { name: 'email', label: 'E-mail address', type: 'email', autoComplete: 'username' },
          {
            name: 'password',
            label: 'Password',
            type: 'password',
            autoComplete: 'new-password',
            hint: `At least ${MIN_PASSWORD_LENGTH} characters.`,
          },
        ]}
      />
      <AuthFooter>
        Already have an account? <Link href={{ pathname: '/sign-in', query: { next } }}>Sign in</Link>
      </AuthFooter>
    </>
  );
}
