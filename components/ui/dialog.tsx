'use client';

import { Dialog as DialogPrimitive } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn';

export const Dialog = DialogPrimitive.Root;

type DialogContentProps = ComponentProps<typeof DialogPrimitive.Content> & {
  /** `side` is a panel at the right edge (the whole width on a phone). */
  placement?: 'centre' | 'top' | 'side';
};

const PLACEMENTS = {
  centre:
    'top-1/2 left-1/2 max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-lg -translate-x-1/2 -translate-y-1/2 rounded-lg animate-fade',
  top: 'top-[12vh] left-1/2 max-h-[76dvh] w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 rounded-lg animate-fade',
  side: 'inset-y-0 right-0 h-dvh w-full max-w-md animate-fade border-y-0 border-r-0',
};

export function DialogContent({ className, placement = 'centre', children, ...props }: DialogContentProps) {
  return (
    <DialogPrimitive.Portal>
      <DialogPrimitive.Overlay className="fixed inset-0 z-50 animate-fade bg-black/40 dark:bg-black/60" />
      <DialogPrimitive.Content
        className={cn(
          'fixed z-50 overflow-y-auto border bg-raised shadow-raised focus-visible:outline-none',
          PLACEMENTS[placement],
          className,
        )}
        {...props}
      >
        {children}
      </DialogPrimitive.Content>
    </DialogPrimitive.Portal>
  );
}

export function DialogTitle({ className, ...props }: ComponentProps<typeof DialogPrimitive.Title>) {
  return <DialogPrimitive.Title className={cn('font-semibold text-sm', className)} {...props} />;
}
