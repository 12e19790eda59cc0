import type { Metadata } from 'next';
import Link from 'next/link';
import { config } from '@/lib/config';
import { recoverAction } from '../actions';
import { AuthForm } from '../auth-form';
import { AuthFooter, AuthHeading } from '../auth-heading';
import { MailboxLink } from '../mailbox-link';

export const metadata: Metadata = { title: 'Forgotten password' };

export default function ForgotPasswordPage() {
  return (
    <>
      <AuthHeading title="Forgotten password">We send a mail with a link to choose a new one.</AuthHeading>
      <AuthForm
        action={recoverAction}
        submit="Send the mail"
        afterwards={config().embedded.mailboxUrl && <MailboxLink />}
        fields={[{ name: 'email', label: 'E-mail address', type: 'email', autoComplete: 'username' }]}
      />
      <AuthFooter>
        <Link href="/sign-in">Back to sign in</Link>
      </AuthFooter>
    </>
  );
}
