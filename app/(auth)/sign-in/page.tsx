import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { Alert } from '@/components/ui/alert';
import { safeNext } from '@/lib/auth/safe-next';
import { getUser } from '@/lib/auth/session';
import { config } from '@/lib/config';
import { demoSignInAction, signInAction } from '../actions';
import { AuthForm } from '../auth-form';
import { AuthFooter, AuthHeading } from '../auth-heading';

export const metadata: Metadata = { title: 'Sign in' };

const NOTICES: Record<string, string> = {
  'link-invalid': 'This link was used already or is too old. Sign in, or ask for another mail.',
  unavailable: 'We could not check the link just now. Open it again in a moment.',
};

type Query = { next?: string | string[]; notice?: string | string[] };

export default async function SignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const next = safeNext(query.next);
  if (await isSignedIn()) redirect(next);
  const notice = NOTICES[String(query.notice)];
  const { demoEmail, mailboxUrl } = config().embedded;
  return (
    <>
      <AuthHeading title="Sign in">Company research in which every sentence can be checked.</AuthHeading>
      {notice && <Alert tone="warning">{notice}</Alert>}
      {demoEmail && (
        <>
          <AuthForm action={demoSignInAction} fields={[]} submit="Sign in as the demo user" next={next} />
          <Divider />
        </>
      )}
      <AuthForm
        action={signInAction}
        submit="Sign in"
        next={next}
        variant={demoEmail ? 'secondary' : 'primary'}
        fields={[
          { name: 'email', label: 'E-mail address', type: 'email', autoComplete: 'username' },
          {
            name: 'password',
            label: 'Password',
            type: 'password',
            autoComplete: 'current-password',
            aside: (
              <Link href="/forgot-password" className="text-[0.8125rem] text-accent-text hover:underline">
                Forgotten?
              </Link>
            ),
          },
        ]}
      />
      <AuthFooter>
        New here? <Link href={{ pathname: '/sign-up', query: { next } }}>Create an account</Link>
        {mailboxUrl && (
          <>
            {' · '}
            <Link href="/dev/mailbox">Read the mails of this installation</Link>
          </>
        )}
        {' · '}
        <Link href="/removal">Are you named in a report?</Link>
      </AuthFooter>
    </>
  );
}

/** The page must open while the database is away, too. */
async function isSignedIn(): Promise<boolean> {
  return getUser().then(
    (user) => user !== null,
    () => false,
  );
}

function Divider() {
  return (
    <div aria-hidden className="flex items-center gap-3 text-muted-foreground text-xs">
      <span className="h-px flex-1 bg-border" />
      or
      <span className="h-px flex-1 bg-border" />
    </div>
  );
}
