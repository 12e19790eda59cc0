import Link from 'next/link';
import type { ReactNode } from 'react';
import { Logo } from '@/components/shell/logo';

/** The width of a report, without the ways of the workspace. */
export default function ShareLayout({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-6xl flex-col gap-8 px-4 py-6 sm:px-8">
      <header>
        <Logo />
      </header>
      <main className="min-w-0">{children}</main>
      <footer className="border-t pt-4 text-muted-foreground text-sm">
        <Link href="/removal" className="underline-offset-4 hover:underline">
          Are you named in this report? Ask us to leave you out.
        </Link>
      </footer>
    </div>
  );
}
