import type { ComponentProps } from 'react';
import { cn } from './cn';

/** Keeps the place of something that is loading, so that nothing moves when it arrives. */
export function Skeleton({ className, ...props }: ComponentProps<'div'>) {
  return <div aria-hidden className={cn('animate-pulse rounded-md bg-muted', className)} {...props} />;
}
