import { ArrowRight, ChevronFirst } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { Button } from './button';

type PagerProps = {
  /** Null on the first page. */
  first: Route | null;
  /** Null on the last page. */
  next: Route | null;
};

/** Paging through a list that may grow while it is read: forward, and back to the start. */
export function Pager({ first, next }: PagerProps) {
  if (first === null && next === null) return null;
  return (
    <nav aria-label="Pages" className="flex justify-between gap-2 border-t px-4 py-3">
      {first ? (
        <Button asChild size="sm">
          <Link href={first}>
            <ChevronFirst aria-hidden />
            First page
          </Link>
        </Button>
      ) : (
        <span />
      )}
      {next && (
        <Button asChild size="sm">
          <Link href={next}>
            Next page
            <ArrowRight aria-hidden />
          </Link>
        </Button>
      )}
    </nav>
  );
}
