import type { SourceContext, SourceDefinition } from '../define-source';
import { sha256 } from '../outbound/json-answer';
import type { SourceOutcome } from '../source';
import { addSnapshot } from './add-snapshot';
import { type History, historySchema, type Snapshot } from './schema';

/** So long a history is kept after its last reading: an older one does not say when something appeared. */
const KEPT_MS = 400 * 86_400_000;

const NOTHING_READ = 'There was nothing to read that could be compared later.';

type HistoryDefinition<T> = {
  id: string;
  of: SourceDefinition<T>;
  /** What has to be the same for two readings to be compared: the rules that read, and where they looked. */
  version(ctx: SourceContext, data: T): string;
  /** Null where there was nothing to read, with which a later reading could be compared. */
  snapshot(data: T): Omit<Snapshot, 'readAt'> | null;
  /** Why nothing was to be read then, or was found at all; without it nothing found is an answer. */
  whyNone?: string;
};

/**
 * What earlier readings of a source have found beside the last one. Names and places only are kept, nobody's data; a
 * reading that was served from the cache or as a stale copy adds nothing.
 */
export function historySource<T>({
  id,
  of,
  version,
  snapshot,
  whyNone,
}: HistoryDefinition<T>): SourceDefinition<History> {
  async function withEarlier(ctx: SourceContext, key: string, reading: Snapshot, stale: boolean): Promise<History> {
    const kept = await keptHistory(ctx, key);
    if (stale && kept !== null) return kept;
    const history = addSnapshot(kept, reading);
    if (history === kept) return kept;
    const body = JSON.stringify(history);
    const { readAt } = reading;
    const expiresAt = new Date(Date.parse(readAt) + KEPT_MS).toISOString();
    const answer = { outcome: 'ok', body, etag: null, sha256: sha256(body), retrievedAt: readAt, expiresAt } as const;
    await ctx.cache.put(key, id, answer);
    return history;
  }

  return {
    id,
    async read(ctx, input): Promise<SourceOutcome<History>> {
      const outcome = await of.read(ctx, input);
      if (outcome.outcome === 'unavailable' || outcome.outcome === 'skipped') return { ...outcome, source: id };
      const { origin } = outcome;
      const read = outcome.outcome === 'ok' ? snapshot(outcome.data) : null;
      if (outcome.outcome === 'empty' || read === null) {
        if (outcome.outcome === 'empty' && whyNone === undefined)
          return { ...outcome, origin: { ...origin, source: id } };
        return { outcome: 'skipped', source: id, reason: whyNone ?? NOTHING_READ, at: ctx.now().toISOString() };
      }
      const key = `${id}:${input.companyNumber}:${version(ctx, outcome.data)}`;
      const history = await withEarlier(ctx, key, { ...read, readAt: origin.retrievedAt }, origin.stale);
      const title = `${origin.title}, earlier readings`;
      return {
        outcome: 'ok',
        data: history,
        origin: { ...origin, source: id, title, sha256: sha256(JSON.stringify(history)) },
      };
    },
  };
}

async function keptHistory(ctx: SourceContext, key: string): Promise<History | null> {
  const answer = await ctx.cache.get(key);
  return answer === null ? null : (historySchema.safeParse(JSON.parse(answer.body)).data ?? null);
}
