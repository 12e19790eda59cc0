import type { Route } from 'next';
import Link from 'next/link';
import { cn } from './cn';
import { LinkHint } from './link-hint';

type FilterLinksProps = {
  /** What is being chosen, such as "State". */
  label: string;
  options: readonly { label: string; href: Route; current: boolean }[];
};

/** One choice of a list's filter; each choice is an address. */
export function FilterLinks({ label, options }: FilterLinksProps) {
  return (
    <nav aria-label={label} className="flex max-w-full gap-1 overflow-x-auto sm:flex-wrap">
      {options.map((option) => (
        <Link
          key={option.label}
          href={option.href}
          prefetch={false}
          aria-current={option.current ? 'true' : undefined}
          className={cn(
            'relative flex h-8 shrink-0 items-center rounded-md px-2.5 text-[0.8125rem] text-muted-foreground transition-colors hover:bg-hover hover:text-foreground',
            option.current && 'bg-accent-soft font-medium text-accent-text hover:bg-accent-soft hover:text-accent-text',
          )}
        >
          {option.label}
          <LinkHint />
        </Link>
      ))}
    </nav>
  );
}
