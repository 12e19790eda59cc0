'use client';

import { useEffect, useState } from 'react';
import { cn } from '@/components/ui/cn';

export type ContentsEntry = {
  id: string;
  title: string;
  /** `waiting` while its section is still to come. */
  state: 'ready' | 'waiting';
};

/** The report's contents, with the part that is being read marked. */
export function ContentsRail({ entries }: { entries: readonly ContentsEntry[] }) {
  const current = useVisibleSection(entries);
  return (
    <nav aria-label="Contents of the report">
      <ol className="flex flex-col border-l text-[0.8125rem]">
        {entries.map((entry) => (
          <li key={entry.id}>
            <a
              href={`#${entry.id}`}
              aria-current={current === entry.id ? 'location' : undefined}
              className={cn(
                '-ml-px flex min-h-8 items-center border-transparent border-l-2 px-3 py-1 text-muted-foreground transition-colors hover:text-foreground',
                current === entry.id && 'border-accent font-medium text-foreground',
              )}
            >
              {entry.title}
              {entry.state === 'waiting' && <span className="ml-auto animate-pulse pl-2 text-xs">…</span>}
              {entry.state === 'waiting' && <span className="sr-only">, still to come</span>}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function useVisibleSection(entries: readonly ContentsEntry[]): string | null {
  const [current, setCurrent] = useState<string | null>(null);
  const ids = entries.map((entry) => entry.id).join(' ');
  useEffect(() => {
    const sections = ids.split(' ').flatMap((id) => document.getElementById(id) ?? []);
    const observer = new IntersectionObserver(
      (changes) => {
        const entered = changes.find((change) => change.isIntersecting);
        if (entered) setCurrent(entered.target.id);
      },
      // The band just under the top edge: the section crossing it is the one being read.
      { rootMargin: '-10% 0px -75% 0px' },
    );
    for (const section of sections) observer.observe(section);
    return () => observer.disconnect();
  }, [ids]);
  return current;
}
