'use client';

import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover';
import { Tooltip } from '@/components/ui/tooltip';
import { EvidenceCard, type EvidenceView } from './evidence-card';

type EvidenceButtonProps = {
  /** Says what is opened, for screen readers: "Evidence for turnover". */
  label: string;
  /** The source in one line, shown on hover and focus already. */
  tip?: string;
  evidence: EvidenceView;
  children: ReactNode;
  className?: string;
};

/** Any text or value that opens its evidence; by pointer, touch and keyboard alike. */
export function EvidenceButton({ label, tip, evidence, children, className }: EvidenceButtonProps) {
  const trigger = (
    <PopoverTrigger
      aria-label={label}
      className={cn(
        'inline-flex items-center gap-1 rounded-sm text-left text-[0.8125rem] text-muted-foreground underline decoration-border-strong decoration-dotted underline-offset-4 hover:text-accent-text hover:decoration-accent',
        className,
      )}
    >
      {children}
    </PopoverTrigger>
  );
  return (
    <Popover>
      {tip ? <Tooltip content={tip}>{trigger}</Tooltip> : trigger}
      <PopoverContent aria-label={label} className="w-96">
        <EvidenceCard evidence={evidence} />
      </PopoverContent>
    </Popover>
  );
}
