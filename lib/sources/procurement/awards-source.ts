import { createHash } from 'node:crypto';
import { companyNameKey, postcodeKey } from '@/lib/companies/name-key';
import { writtenDay } from '@/lib/companies/register/calendar';
import { AppError, type ErrorCode } from '@/lib/errors';
import type { SourceContext, SourceDefinition, SourceInput } from '../define-source';
import type { ProviderAccess, ProviderId } from '../providers';
import type { SourceOrigin } from '../source';
import type { Span } from './award-store';
import { readPackage } from './read-package';
import type { AwardRow, ContractAwards, Release } from './schema';
import { toAwardRows } from './to-award-rows';

/** How far back awards are of interest. */
const LOOKBACK_DAYS = 365;
/** A report moves the reading on by this much; the rest waits for the next one, or for the command that reads ahead. */
const SPANS_PER_READ = 2;
const PAGE_SIZE = 100;
const MAX_PAGES = 20;
/** A stand-in loses nothing in wide spans, and its few releases fit into one. */
const STAND_IN_SPAN_HOURS = 24 * 400;
/** Failures that a report lives with; the others stop the job. */
const REPORTED: readonly ErrorCode[] = [
  'provider_unavailable',
  'provider_contract',
  'provider_rejected',
  'provider_credits',
  'provider_rate_limited',
  'database_unavailable',
];

/** A service that publishes awards for everybody at once, by the time of publication. */
export type AwardFeed = {
  id: string;
  provider: ProviderId;
  /** Of the search page that people can open. */
  page: string;
  /** Length of the spans that are read together: the service must not lose releases in them. */
  spanHours: number;
  path(span: Span, pageSize: number, cursor: string | null): string;
  /** Page of the notice that a release is of. */
  noticePage(release: Release): string;
};

type Failure = { code: ErrorCode; reason: string; retryAt: string | null };

/**
 * A source of awards. Each read moves the reading of the service on by a little, then answers from all that was read so
 * far: a service that is down or busy leaves the answer as it was, and the answer says which time it covers.
 */
export function awardsSource(feed: AwardFeed): SourceDefinition<ContractAwards> {
  return {
    id: feed.id,
    async read(ctx, input) {
      const at = ctx.now().toISOString();
      const access = ctx.provider(feed.provider);
      try {
        const { failure } = await readOn(ctx, feed, SPANS_PER_READ);
        const data = await ctx.imported.awards.awardsOf(storeName(access), supplierOf(input));
        ctx.signal.throwIfAborted();
        if (data.read_at === null) {
          const why = failure ?? { code: 'provider_unavailable' as const, reason: notYet(access), retryAt: null };
          return { outcome: 'unavailable', source: feed.id, ...why, at };
        }
        const origin = originOf(feed, access, data, failure !== null);
        if (data.awards.length > 0) return { outcome: 'ok', data, origin };
        return { outcome: 'empty', origin, reason: noAward(access, data) };
      } catch (error) {
        ctx.signal.throwIfAborted();
        if (!(error instanceof AppError) || !REPORTED.includes(error.code)) throw error;
        return { outcome: 'unavailable', source: feed.id, ...toFailure(error), at };
      }
    },
  };
}

/**
 * Reads spans that want reading, newest first.
 * @param limit spans at most.
 * @returns how many were read, 0 when all are, and why it stopped early; null when nothing went wrong.
 */
export async function readOn(
  ctx: SourceContext,
  feed: AwardFeed,
  limit: number,
): Promise<{ read: number; failure: Failure | null }> {
  const access = ctx.provider(feed.provider);
  let read = 0;
  const hours = access.origin === 'sandbox' ? STAND_IN_SPAN_HOURS : feed.spanHours;
  const name = storeName(access);
  const spans = await ctx.imported.awards.claim(name, ctx.now(), { hours, days: LOOKBACK_DAYS, limit });
  for (const span of spans) {
    try {
      const { rows, damaged } = await readSpan(feed, access, span);
      await ctx.imported.awards.save(name, span, ctx.now(), damaged, rows);
      read += 1;
    } catch (error) {
      ctx.signal.throwIfAborted();
      if (!(error instanceof AppError) || !REPORTED.includes(error.code)) throw error;
      return { read, failure: toFailure(error) };
    }
  }
  return { read, failure: null };
}

async function readSpan(feed: AwardFeed, access: ProviderAccess, span: Span) {
  const rows: AwardRow[] = [];
  let damaged = 0;
  let cursor: string | null = null;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await access.get(feed.path(span, PAGE_SIZE, cursor), { binary: true, maxBytes: 20_000_000 });
    if (answer.status !== 200) {
      throw new AppError('provider_contract', { detail: `${access.name} answered with status ${answer.status}` });
    }
    const read = readPackage(access.name, answer);
    rows.push(...read.releases.flatMap((release) => toAwardRows(release, feed.noticePage)));
    damaged += read.damaged;
    if (read.cursor === null || read.cursor === cursor) return { rows, damaged };
    cursor = read.cursor;
  }
  throw new AppError('provider_contract', { detail: `${access.name} has more pages of releases than can be right` });
}

/** What a stand-in answered is kept apart from what the service did. */
function storeName({ id, origin }: ProviderAccess): string {
  return `${id}@${origin}`;
}

function supplierOf({ companyNumber, companyName, postcode }: SourceInput) {
  return {
    number: companyNumber,
    nameKey: companyName === undefined ? null : companyNameKey(companyName),
    postcode: postcodeKey(postcode),
  };
}

function originOf(feed: AwardFeed, access: ProviderAccess, data: ContractAwards, stale: boolean): SourceOrigin {
  return {
    source: feed.id,
    title: `${access.name}: awards`,
    url: feed.page,
    sourceType: 'procurement',
    retrievedAt: new Date(data.read_at ?? 0).toISOString(),
    publishedAt: data.awards[0]?.published_on ?? null,
    sha256: createHash('sha256').update(JSON.stringify(data.awards)).digest('hex'),
    reliability: 0.98,
    stale,
  };
}

function toFailure(error: AppError): Failure {
  return { code: error.code, reason: error.detail, retryAt: error.retryAt?.toISOString() ?? null };
}

function notYet({ name }: ProviderAccess): string {
  return `The awards of ${name} are just being read for the first time.`;
}

function noAward({ name }: ProviderAccess, { looked_from: from, looked_to: to }: ContractAwards): string {
  const days = [from, to].map((instant) => writtenDay((instant ?? '').slice(0, 10)));
  return `Of the awards that ${name} published from ${days[0]} to ${days[1]}, none names this company by its number, or by its name and postcode.`;
}
