import type { ReactNode } from 'react';

export function AuthHeading({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className="flex flex-col gap-1.5">
      <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
      {children && <p className="text-pretty text-muted-foreground">{children}</p>}
    </header>
  );
}

/** A line under a form that leads to another of these pages. */
export function AuthFooter({ children }: { children: ReactNode }) {
  return (
    <footer className="text-muted-foreground [&_a]:font-medium [&_a]:text-accent-text [&_a]:underline-offset-4 [&_a:hover]:underline">
      {children}
    </footer>
  );
}
