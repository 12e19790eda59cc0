import type { ComponentProps } from 'react';
import { cn } from './cn';

export function Input({ className, ...props }: ComponentProps<'input'>) {
  return (
    <input
      className={cn(
        'h-9 w-full min-w-0 rounded-md border border-border-strong bg-surface px-3 text-base text-foreground transition-colors placeholder:text-muted-foreground focus-visible:outline-offset-0 disabled:opacity-55 aria-invalid:border-danger-solid sm:text-sm',
        className,
      )}
      {...props}
    />
  );
}
