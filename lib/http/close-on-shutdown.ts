import { singleton } from '@/lib/singleton';

// Next waits for open responses before it exits; a stream of a long job would hold up a deploy.
process.once('SIGTERM', () => {
  for (const end of singleton('http:streams', () => new Set<() => void>())) end();
});
