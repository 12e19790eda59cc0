'use client';

import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover';
import { EvidenceCard, type EvidenceView } from './evidence-card';

type EvidenceButtonProps = {
  /** Says what is opened, for screen readers: "Evidence for turnover". */
  label: string;
  evidence: EvidenceView;
  children: ReactNode;
  className?: string;
};

/** Any text or value that opens its evidence; by pointer, touch and keyboard alike. */
export function EvidenceButton({ label, evidence, children, className }: EvidenceButtonProps) {
  return (
    <Popover>
      <PopoverTrigger
        aria-label={label}
        className={cn(
          'inline-flex items-center gap-1 rounded-sm text-left text-[0.8125rem] text-muted-foreground underline decoration-border-strong decoration-dotted underline-offset-4 hover:text-accent-text hover:decoration-accent',
          className,
        )}
      >
        {children}
      </PopoverTrigger>
      <PopoverContent aria-label={label} className="w-96">
        <EvidenceCard evidence={evidence} />
      </PopoverContent>
    </Popover>
  );
}
