'use client';

import { AlertDialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { buttonStyles } from './button';

type ConfirmDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The question, such as "Cancel this batch?". */
  title: string;
  /** What happens then. */
  children: ReactNode;
  confirm: string;
  /** The way out, named for what stays as it is. */
  refuse: string;
  onConfirm: () => void;
};

/** Asks before something that cannot be taken back; the way out has the focus. */
export function ConfirmDialog({ open, onOpenChange, title, children, confirm, refuse, onConfirm }: ConfirmDialogProps) {
  return (
    <AlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-50 animate-fade bg-black/40 dark:bg-black/60" />
        <AlertDialog.Content className="fixed top-1/2 left-1/2 z-50 flex w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 animate-fade flex-col gap-3 rounded-lg border bg-raised p-5 shadow-raised focus-visible:outline-none">
          <AlertDialog.Title className="font-semibold">{title}</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="text-pretty text-muted-foreground text-sm">{children}</div>
          </AlertDialog.Description>
          <div className="mt-2 flex flex-wrap justify-end gap-2">
            <AlertDialog.Cancel className={buttonStyles()}>{refuse}</AlertDialog.Cancel>
            <AlertDialog.Action className={buttonStyles({ variant: 'danger' })} onClick={onConfirm}>
              {confirm}
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
