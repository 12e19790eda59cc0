import { AppError } from '@/lib/errors';
import { sharedAccess } from '@/lib/sources/outbound/shared-access';
import type { ProviderId } from '@/lib/sources/providers';
import { memoryCache } from '@/lib/sources/source-cache';

/**
 * A process that asks providers as fast as they let it, and pages of one web site, over the product's own way out.
 * Arguments: `<provider>=<calls>` or `<host>=<pages>`, any number. Prints how often each outcome occurred, as JSON.
 */
const outcomes: Record<string, number> = {};
const { provider, web } = sharedAccess({
  signal: new AbortController().signal,
  now: () => new Date(),
  cache: memoryCache(),
});

async function ask(name: string): Promise<void> {
  const isHost = name.includes('.');
  // The caller names providers that exist.
  const call = isHost
    ? web.get(`https://${name}/`)
    : provider(name as ProviderId).get('/anything', { account: 'nobody' });
  const outcome = await call.then(
    ({ status }) => String(status),
    (error: unknown) => (error instanceof AppError ? error.code : 'unknown'),
  );
  const key = `${name} ${outcome}`;
  outcomes[key] = (outcomes[key] ?? 0) + 1;
}

/** As many at once as a busy worker has jobs. */
const LANES = 8;
const wishes = process.argv.slice(2).map((wish) => wish.split('='));
const lanes = wishes.flatMap(([name = '', calls]) => {
  let left = Number(calls);
  const lane = async () => {
    while (left-- > 0) await ask(name);
  };
  return Array.from({ length: LANES }, lane);
});
await Promise.all(lanes);
console.log(JSON.stringify(outcomes));
process.exit(0);
