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
    </div>
  );
}
