import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { Fragment } from 'react';
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card';
import { type Mail, readMailbox } from '@/lib/auth/read-mailbox';

export const metadata: Metadata = { title: 'Mail box' };

/** Mails of the embedded stack, which sends none. Not found in any real installation. */
export default async function MailboxPage() {
  const mails = await readMailbox();
  if (!mails) notFound();
  return (
    <main className="mx-auto flex w-full max-w-2xl flex-col gap-6 px-5 py-12">
      <header className="flex flex-col gap-1.5">
        <h1 className="font-semibold text-2xl tracking-tight">Mail box</h1>
        <p className="text-pretty text-muted-foreground">
          This installation runs on its own local server, which sends no mail. What it would have sent is here, newest
          first.{' '}
          <Link href="/sign-in" className="font-medium text-accent-text hover:underline">
            Back to sign in
          </Link>
        </p>
      </header>
      {mails.length === 0 ? (
        <p className="rounded-lg border border-dashed px-4 py-10 text-center text-muted-foreground">
          No mail yet. Create an account or ask for a new password, then load this page again.
        </p>
      ) : (
        <ol className="flex flex-col gap-4">
          {mails.map((mail) => (
            <li key={mail.id}>
              <MailCard mail={mail} />
            </li>
          ))}
        </ol>
      )}
    </main>
  );
}

function MailCard({ mail }: { mail: Mail }) {
  const sentAt = new Date(mail.sent_at);
  return (
    <Card>
      <CardHeader>
        <CardTitle>{mail.subject}</CardTitle>
        <CardDescription>
          to {mail.to},{' '}
          <time dateTime={sentAt.toISOString()}>
            {sentAt.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })} UTC
          </time>
        </CardDescription>
      </CardHeader>
      <CardContent>
        <MailText text={mail.text ?? ''} />
      </CardContent>
    </Card>
  );
}

/** The text with its web addresses as links. */
function MailText({ text }: { text: string }) {
  return (
    <p className="whitespace-pre-line break-words leading-relaxed">
      {toPieces(text).map(({ start, piece, isLink }) =>
        isLink ? (
          // A plain link: these addresses are redeemed by opening them, so nothing may fetch them ahead.
          <a key={start} href={piece} className="text-accent-text underline underline-offset-4">
            {piece}
          </a>
        ) : (
          <Fragment key={start}>{piece}</Fragment>
        ),
      )}
    </p>
  );
}

function toPieces(text: string) {
  let start = 0;
  return text.split(/(https?:\/\/\S+)/).map((piece, index) => {
    start += piece.length + 1;
    return { start, piece, isLink: index % 2 === 1 };
  });
}
