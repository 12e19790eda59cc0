'use client';

import { Building2, House, Layers, ListChecks } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '@/components/ui/cn';
import { LinkHint } from '@/components/ui/link-hint';

const LINKS = [
  { href: '/', label: 'Home', icon: House, inside: ['/reports'] },
  { href: '/companies', label: 'Companies', icon: Building2, inside: [] },
  { href: '/jobs', label: 'Jobs', icon: ListChecks, inside: [] },
  { href: '/batches', label: 'Batches', icon: Layers, inside: [] },
] as const;

export function NavLinks({ direction }: { direction: 'row' | 'column' }) {
  const path = usePathname();
  return (
    <nav aria-label="Main">
      <ul className={cn('flex', direction === 'row' ? 'gap-1' : 'flex-col gap-0.5')}>
        {LINKS.map(({ href, label, icon: Icon, inside }) => {
          const here = href === '/' ? path === '/' : path.startsWith(href);
          const within = inside.some((prefix) => path.startsWith(prefix));
          return (
            <li key={href} className={direction === 'row' ? 'flex-1' : undefined}>
              <Link
                href={href}
                aria-current={here ? 'page' : undefined}
                className={cn(
                  'relative flex h-9 items-center gap-2.5 rounded-md px-2.5 font-medium text-muted-foreground text-sm transition-colors hover:bg-hover hover:text-foreground',
                  direction === 'row' && 'justify-center gap-1.5 px-1.5 max-[30rem]:[&>svg]:hidden',
                  (here || within) && 'bg-hover text-foreground',
                )}
              >
                <Icon aria-hidden className="size-4 shrink-0" />
                {label}
                <LinkHint />
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
