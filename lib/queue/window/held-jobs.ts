import { singleton } from '@/lib/singleton';

/** What this process knows of held jobs: whether the last look left any behind. */
export function heldJobs(): { known: boolean } {
  return singleton('queue:held', () => ({ known: false }));
}
