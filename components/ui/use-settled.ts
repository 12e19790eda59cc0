import { useEffect, useState } from 'react';

/**
 * The value once it has stayed the same for a moment.
 * @param initial what it is until the first moment has passed; the value itself when absent.
 */
export function useSettled(value: string, delayMs: number, initial = value): string {
  const [settled, setSettled] = useState(initial);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return settled;
}
