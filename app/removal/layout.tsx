import type { ReactNode } from 'react';
import { Logo } from '@/components/shell/logo';

export default function RemovalLayout({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-lg flex-col gap-8 px-5 py-12">
      <header>
        <Logo />
      </header>
      <main className="flex flex-col gap-6">{children}</main>
    </div>
  );
}
