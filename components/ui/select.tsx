import type { ComponentProps } from 'react';
import { cn } from './cn';

/** The browser's own choice, which every keyboard, screen reader and phone knows. */
export function Select({ className, ...props }: ComponentProps<'select'>) {
  return (
    <select
      className={cn('h-9 rounded-md border border-border-strong bg-surface px-2 text-base sm:text-sm', className)}
      {...props}
    />
  );
}
