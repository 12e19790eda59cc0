import type { Metadata } from 'next';
import { RemovalForm } from './removal-form';

export const metadata: Metadata = { title: 'Ask to be left out' };

/** For people who are named in reports: they need no account. */
export default function RemovalPage() {
  return (
    <>
      <header className="flex flex-col gap-2">
        <h1 className="font-semibold text-2xl tracking-tight">Ask to be left out of reports</h1>
        <p className="text-pretty text-muted-foreground">
          Reports name people who stand in public registers, such as directors. We never show birth dates or private
          addresses. If you do not want to be named at all, tell us here. Somebody reads every request and answers to
          your e-mail address.
        </p>
        <p className="text-pretty text-muted-foreground">
          Once a request is accepted, your name is left out of every new report and removed from those that exist,
          shared ones included. The register itself stays as it is: for that, ask Companies House.
        </p>
      </header>
      <RemovalForm />
    </>
  );
}
