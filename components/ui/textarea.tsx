import type { ComponentProps } from 'react';
import { cn } from './cn';

export function Textarea({ className, ...props }: ComponentProps<'textarea'>) {
  return (
    <textarea
      className={cn(
        'w-full min-w-0 rounded-md border border-border-strong bg-surface px-3 py-2 text-base text-foreground transition-colors placeholder:text-muted-foreground focus-visible:outline-offset-0 disabled:opacity-55 aria-invalid:border-danger-solid sm:text-sm',
        className,
      )}
      {...props}
    />
  );
}
