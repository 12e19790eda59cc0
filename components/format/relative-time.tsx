'use client';

import { differenceInCalendarDays, differenceInSeconds, formatDistanceStrict } from 'date-fns';
import { useEffect, useState } from 'react';
import { cn } from '@/components/ui/cn';
import { formatDate, formatExact } from './format-value';

type RelativeTimeProps = {
  /** An ISO instant or date. */
  value: string;
  /** Put before the exact time in the title, such as "Read from the register". */
  title?: string;
  className?: string;
};

/** "2 hours ago", with the exact UK time on hover; keeps itself up to date. */
export function RelativeTime({ value, title, className }: RelativeTimeProps) {
  const now = useMinuteClock(value);
  const exact = formatExact(value);
  return (
    <time
      dateTime={value}
      title={title ? `${title}: ${exact}` : exact}
      className={cn('whitespace-nowrap', className)}
      // Server and browser may be a moment apart; the effect below corrects it.
      suppressHydrationWarning
    >
      {relative(value, now)}
    </time>
  );
}

function relative(value: string, now: Date): string {
  const then = new Date(value);
  if (Number.isNaN(then.getTime())) return value;
  const seconds = differenceInSeconds(now, then);
  if (Math.abs(seconds) > 60 * 86_400) return formatDate(value);
  if (!value.includes('T')) return relativeDay(differenceInCalendarDays(now, then));
  if (Math.abs(seconds) < 45) return seconds < 0 ? 'in a moment' : 'just now';
  return formatDistanceStrict(then, now, { addSuffix: true });
}

/** Dates have no time of day: "15 hours ago" would be made up. */
function relativeDay(daysAgo: number): string {
  if (daysAgo === 0) return 'today';
  if (daysAgo === 1) return 'yesterday';
  if (daysAgo === -1) return 'tomorrow';
  return daysAgo > 0 ? `${daysAgo} days ago` : `in ${-daysAgo} days`;
}

/** The time, renewed twice a minute and with every new value: a clock older than the value would call it future. */
function useMinuteClock(value: string): Date {
  const [now, setNow] = useState(() => new Date());
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new value asks for a new look at the clock.
  useEffect(() => {
    setNow(new Date());
    const timer = setInterval(() => setNow(new Date()), 30_000);
    return () => clearInterval(timer);
  }, [value]);
  return now;
}
