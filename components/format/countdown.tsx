'use client';

import { formatDuration, formatExact } from './format-value';
import { useNow } from './use-now';

type CountdownProps = {
  /** An ISO instant. */
  to: string;
  /** Put before the exact time in the title, such as "Next attempt". */
  title: string;
};

/** "in 12 s", counting down; "in a moment" once the time has come. The exact UK time is in the title. */
export function Countdown({ to, title }: CountdownProps) {
  const left = Date.parse(to) - useNow(1000);
  return (
    // Server and browser are a moment apart.
    <time dateTime={to} title={`${title}: ${formatExact(to)}`} className="whitespace-nowrap" suppressHydrationWarning>
      {left > 0 ? `in ${formatDuration(left)}` : 'in a moment'}
    </time>
  );
}
