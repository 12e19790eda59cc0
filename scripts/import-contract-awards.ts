import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { AppError, toAppError } from '@/lib/errors';
import { contractsFinderFeed } from '@/lib/sources/contracts-finder/awards-source';
import type { SourceContext } from '@/lib/sources/define-source';
import { findATenderFeed } from '@/lib/sources/find-a-tender/awards-source';
import { databaseImports } from '@/lib/sources/imported-data';
import { sharedAccess } from '@/lib/sources/outbound/shared-access';
import { type AwardFeed, readOn } from '@/lib/sources/procurement/awards-source';
import { databaseCache } from '@/lib/sources/source-cache';
import { serviceClient } from '@/lib/supabase/service-client';

const HELP = `Reads public contract awards ahead, so that reports need not do it bit by bit.

  npm run import:contract-awards -- [--service contracts-finder|find-a-tender] [--spans <n>]

  --service <name>   only this service (default: both, one after the other)
  --spans <n>        spans of time to read of each at most (default: all of the past year)
  --help             this text

Keeps to the services' limits together with all workers and waits as long as they ask: a year takes about four hours of
Find a Tender. Can be stopped at any time; what was read stays. Exit code: 0 done, 2 stopped by a failure.`;

const FEEDS: Readonly<Record<string, AwardFeed>> = {
  'contracts-finder': contractsFinderFeed,
  'find-a-tender': findATenderFeed,
};
const LONGEST_PAUSE_MS = 6 * 60_000;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { help: { type: 'boolean', short: 'h' }, service: { type: 'string' }, spans: { type: 'string' } },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const spans = Number(values.spans ?? '100000');
  const names = values.service === undefined ? Object.keys(FEEDS) : [values.service];
  if (!Number.isInteger(spans) || spans < 1 || names.some((name) => FEEDS[name] === undefined)) {
    throw new AppError('invalid_request', { detail: 'The service or the number of spans is not known. See --help.' });
  }
  const ctx = openContext();
  for (const name of names) {
    const feed = FEEDS[name];
    if (feed !== undefined) console.log(`${name}: ${await readAll(ctx, feed, spans)} spans read`);
  }
}

function openContext(): SourceContext {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => stop.abort(new AppError('cancelled', { detail: 'Stopped. What was read stays.' })));
  }
  const db = serviceClient();
  const base = { signal: stop.signal, now: () => new Date(), cache: databaseCache(db) };
  return { ...base, ...sharedAccess(base), notBefore: null, imported: databaseImports(db) };
}

async function readAll(ctx: SourceContext, feed: AwardFeed, spans: number): Promise<number> {
  let done = 0;
  while (done < spans) {
    const { read, failure } = await readOn(ctx, feed, 1);
    done += read;
    if (failure?.code === 'provider_rate_limited') {
      const waitMs = Date.parse(failure.retryAt ?? '') - Date.now();
      const pauseMs = Math.min(Math.max(waitMs || 0, 1_000), LONGEST_PAUSE_MS);
      await delay(pauseMs, undefined, { signal: ctx.signal }).catch(() => ctx.signal.throwIfAborted());
    } else if (failure !== null) throw new AppError(failure.code, { detail: failure.reason });
    else if (read === 0) break;
  }
  return done;
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(`Reading not finished: ${toAppError(error).detail}`);
    process.exit(2);
  },
);
