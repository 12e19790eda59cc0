import type { ReactNode } from 'react';
import { Logo } from '@/components/shell/logo';

/** One calm column in the middle, the same for every page around signing in. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center gap-8 px-5 py-12">
      <Logo />
      {children}
    </main>
  );
}
