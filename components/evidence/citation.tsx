'use client';

import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover';
import { EvidenceCard, type EvidenceView } from './evidence-card';

type CitationProps = {
  /** The number in the list of sources. */
  number: number;
  evidence: EvidenceView;
};

/** A numbered mark that opens what it stands on. */
export function Citation({ number, evidence }: CitationProps) {
  return (
    <Popover>
      <PopoverTrigger
        aria-label={`Source ${number}: ${evidence.title}`}
        className="mx-0.5 inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-sm bg-accent-soft px-1 align-[0.15em] font-medium text-[0.6875rem] text-accent-text leading-none transition-colors hover:bg-accent hover:text-accent-foreground data-[state=open]:bg-accent data-[state=open]:text-accent-foreground print:border"
      >
        {number}
      </PopoverTrigger>
      <PopoverContent align="start" aria-label={`Source ${number}`} className="w-96">
        <EvidenceCard evidence={evidence} />
      </PopoverContent>
    </Popover>
  );
}
