import Link from 'next/link';

/** Shown where a mail was announced; only the embedded stack has a mail box of its own. */
export function MailboxLink() {
  return (
    <Link href="/dev/mailbox" className="font-medium underline underline-offset-4">
      Open the mail box of this installation
    </Link>
  );
}
