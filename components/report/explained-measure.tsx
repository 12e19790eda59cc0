'use client';

import { Info } from 'lucide-react';
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover';
import { Progress } from '@/components/ui/progress';

type ExplainedMeasureProps = {
  name: string;
  /** 0 to 1; null while it is not known. */
  share: number | null;
  /** Such as "High, 92%". */
  text: string;
  tone: 'accent' | 'success' | 'warning' | 'danger';
  explanation: string;
};

/** A measure with a bar and, on request, what it means. */
export function ExplainedMeasure({ name, share, text, tone, explanation }: ExplainedMeasureProps) {
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-1.5">
      <div className="flex items-center gap-1">
        <p className="text-[0.8125rem] text-muted-foreground">{name}</p>
        <Popover>
          <PopoverTrigger
            aria-label={`What ${name.toLowerCase()} means`}
            className="flex size-6 items-center justify-center rounded-sm text-muted-foreground hover:text-foreground"
          >
            <Info aria-hidden className="size-3.5" />
          </PopoverTrigger>
          <PopoverContent aria-label={`What ${name.toLowerCase()} means`}>
            <p className="text-pretty">{explanation}</p>
          </PopoverContent>
        </Popover>
        <p className="ml-auto font-medium text-sm">{text}</p>
      </div>
      <Progress value={(share ?? 0) * 100} label={name} tone={tone} />
    </div>
  );
}
