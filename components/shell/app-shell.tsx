import Link from 'next/link';
import type { ReactNode } from 'react';
import { Logo } from './logo';
import { NavLinks } from './nav-links';
import { NotificationBell } from './notification-bell';
import { QuickSearchButton, QuickSearchProvider } from './quick-search';
import { UserMenu } from './user-menu';

type AppShellProps = {
  email: string;
  isAdmin: boolean;
  /** The quota display; it arrives after the page. */
  quota: ReactNode;
  children: ReactNode;
};

/** Navigation at the side on wide screens, on top on narrow ones. */
export function AppShell({ email, isAdmin, quota, children }: AppShellProps) {
  return (
    <QuickSearchProvider>
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-4 py-2 font-medium text-accent-foreground focus:translate-y-0"
      >
        Skip to the content
      </a>
      <div className="lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
        <header className="sticky top-0 z-30 flex flex-col gap-1 border-b bg-background px-4 pt-2 pb-1 lg:hidden print:hidden">
          <div className="flex items-center gap-1">
            <Link href="/" className="mr-auto rounded-md py-1" aria-label="oppSpot, home">
              <Logo />
            </Link>
            <QuickSearchButton compact />
            <NotificationBell />
            <UserMenu email={email} isAdmin={isAdmin} compact />
          </div>
          <NavLinks direction="row" />
        </header>
        <aside
          aria-label="Workspace"
          className="sticky top-0 hidden h-dvh flex-col gap-4 overflow-y-auto border-r bg-background p-3 lg:flex print:hidden"
        >
          <Link href="/" className="rounded-md px-2.5 py-1.5" aria-label="oppSpot, home">
            <Logo />
          </Link>
          <QuickSearchButton />
          <NavLinks direction="column" />
          <div className="mt-auto flex flex-col gap-3">
            <div className="min-h-16 px-2.5">{quota}</div>
            <div className="flex items-center gap-1">
              <div className="min-w-0 flex-1">
                <UserMenu email={email} isAdmin={isAdmin} />
              </div>
              <NotificationBell />
            </div>
          </div>
        </aside>
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto w-full min-w-0 max-w-[90rem] px-4 py-6 focus:outline-none sm:px-8 lg:py-8"
        >
          {children}
        </main>
      </div>
    </QuickSearchProvider>
  );
}
