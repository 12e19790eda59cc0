import DataLoader from 'dataloader';
import { z } from 'zod';
import { logger } from '@/lib/logger';
import type { ServiceClient } from '@/lib/supabase/service-client';

/** A kept answer of a provider. */
export type CachedAnswer = {
  outcome: 'ok' | 'empty';
  /** The provider's document as JSON text, in its own order of members; '' for `empty`. */
  body: string;
  etag: string | null;
  sha256: string;
  /** ISO instants. */
  retrievedAt: string;
  expiresAt: string;
};

/** Keeps answers of providers between jobs. A cache that does not answer is no failure: the provider is asked. */
export type SourceCache = {
  get(key: string): Promise<CachedAnswer | null>;
  put(key: string, source: string, answer: CachedAnswer): Promise<void>;
};

const rowSchema = z.object({
  outcome: z.enum(['ok', 'empty']),
  payload: z.object({ body: z.string() }),
  etag: z.string().nullable(),
  sha256: z.string(),
  retrieved_at: z.coerce.date(),
  expires_at: z.coerce.date(),
});

/** The table `source_cache`. Documents are kept as text, because jsonb reorders members and refuses some characters. */
export function databaseCache(db: ServiceClient): SourceCache {
  // What a job asks for in the same moment is read in one call.
  const rows = new DataLoader((keys: readonly string[]) => readRows(db, keys), { cache: false });
  return {
    get: (key) => rows.load(key),
    async put(key, source, answer) {
      try {
        const { error } = await db.from('source_cache').upsert({
          key,
          source,
          outcome: answer.outcome,
          payload: { body: answer.body },
          etag: answer.etag,
          sha256: answer.sha256,
          retrieved_at: answer.retrievedAt,
          expires_at: answer.expiresAt,
        });
        if (error !== null) throw error;
      } catch (cause) {
        logger().warn({ key, reason: reasonOf(cause) }, 'source.cache_unavailable');
      }
    },
  };
}

async function readRows(db: ServiceClient, keys: readonly string[]): Promise<(CachedAnswer | null)[]> {
  try {
    const { data, error } = await db
      .from('source_cache')
      .select('*')
      .in('key', [...keys]);
    if (error !== null) throw error;
    const answers = new Map<string, CachedAnswer>();
    for (const row of data) {
      const parsed = rowSchema.safeParse(row);
      if (parsed.success) answers.set(row.key, toAnswer(parsed.data));
    }
    return keys.map((key) => answers.get(key) ?? null);
  } catch (cause) {
    logger().warn({ keys, reason: reasonOf(cause) }, 'source.cache_unavailable');
    return keys.map(() => null);
  }
}

/** Keeps answers in this process only: for single runs and tests. */
export function memoryCache(): SourceCache {
  const answers = new Map<string, CachedAnswer>();
  return {
    get: async (key) => answers.get(key) ?? null,
    put: async (key, _source, answer) => {
      answers.set(key, answer);
    },
  };
}

function toAnswer(row: z.infer<typeof rowSchema>): CachedAnswer {
  return {
    outcome: row.outcome,
    body: row.payload.body,
    etag: row.etag,
    sha256: row.sha256,
    retrievedAt: row.retrieved_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  };
}

function reasonOf(cause: unknown): string {
  return cause instanceof Object && 'message' in cause ? String(cause.message) : String(cause);
}
