'use client';

import { useLinkStatus } from 'next/link';
import { cn } from './cn';

/**
 * Inside a link: a thin line along the bottom of the nearest positioned element while the next page is on its way, from
 * 200 ms on. Takes no place.
 */
export function LinkHint() {
  const { pending } = useLinkStatus();
  return (
    <span
      aria-hidden
      className={cn(
        'pointer-events-none absolute inset-x-2 bottom-0 h-0.5 rounded-full bg-accent opacity-0',
        pending && 'animate-pulse opacity-100 transition-opacity delay-200',
      )}
    />
  );
}
