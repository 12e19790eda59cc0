'use client';

import { useLinkStatus } from 'next/link';
import { cn } from './cn';
import { Spinner } from './spinner';

/** Inside a link: shows that the next page is on its way when it takes longer than a moment. Takes no place until then. */
export function LinkHint() {
  const { pending } = useLinkStatus();
  return (
    <Spinner
      className={cn('-ml-1 w-0 opacity-0', pending && 'w-3.5 opacity-100 transition-opacity delay-300 duration-150')}
    />
  );
}
