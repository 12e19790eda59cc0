import type { z } from 'zod';
import type { SourceContext, SourceDefinition, SourceInput } from './define-source';
import { parseDocument, sha256 } from './outbound/json-answer';
import { type ProviderAccess, type ProviderId, providerSpec } from './providers';
import { readOutcome } from './read-outcome';
import { type FetchedAnswer, readThroughCache } from './read-through-cache';
import type { SourceOrigin } from './source';

const HOUR_MS = 3_600_000;

/** What asking came to: a document, `unchanged` when the provider confirms the kept one, null when there is nothing. */
export type FetchedDocument = { body: string; json: unknown; etag?: string | null } | 'unchanged' | null;

export type ProviderSource<T> = {
  id: string;
  provider: ProviderId;
  /** What is read, as people call it: "awarded contracts". */
  title: string;
  /** How long an answer serves before the provider is asked again. */
  lifetimeHours: number;
  /** 0 to 1, the table of the design note "Confidence". */
  reliability: number;
  sourceType: string;
  /** Of `json`. */
  schema: z.ZodType<T>;
  /** What the answer depends on besides the source; the company number when absent. */
  cacheKey?(input: SourceInput): string;
  /** @param etag of the kept document, if any. */
  fetch(access: ProviderAccess, input: SourceInput, ctx: SourceContext, etag: string | null): Promise<FetchedDocument>;
  /** The page that people can open. */
  page(input: SourceInput): string;
  /** What it means that there is nothing. */
  emptyReason: string;
  /** For documents that can hold nothing. */
  isEmpty?(data: T): boolean;
};

/** Makes a source of one JSON document of a provider: cached, checked, and answering with one of the four outcomes. */
export function providerSource<T>(definition: ProviderSource<T>): SourceDefinition<T> {
  const { id, schema, emptyReason } = definition;
  return {
    id,
    async read(ctx, input) {
      const access = ctx.provider(definition.provider);
      return readOutcome(ctx, id, access, async () => {
        const answer = await readThroughCache(ctx, {
          key: `${id}:${definition.cacheKey?.(input) ?? input.companyNumber}@${access.origin}`,
          source: id,
          lifetimeMs: definition.lifetimeHours * HOUR_MS,
          servesWhenLimited: providerSpec(definition.provider).essential !== true,
          parse: (body) => schema.safeParse(JSON.parse(body)).data ?? null,
          fetch: async (etag) => toAnswer(definition, access.name, await definition.fetch(access, input, ctx, etag)),
        });
        const origin: SourceOrigin = {
          source: id,
          title: `${access.name}: ${definition.title}`,
          url: definition.page(input),
          sourceType: definition.sourceType,
          retrievedAt: answer.retrievedAt,
          publishedAt: null,
          sha256: answer.sha256,
          reliability: definition.reliability,
          stale: answer.stale,
        };
        if (answer.data === null) return { outcome: 'empty', origin, reason: emptyReason };
        return { outcome: 'ok', data: answer.data, origin };
      });
    },
  };
}

function toAnswer<T>(definition: ProviderSource<T>, name: string, document: FetchedDocument): FetchedAnswer<T> {
  if (document === 'unchanged') return { outcome: 'unchanged' };
  if (document === null) return { outcome: 'empty', sha256: sha256('') };
  const data = parseDocument(name, definition.schema, document.json, definition.title);
  if (definition.isEmpty?.(data)) return { outcome: 'empty', sha256: sha256(document.body) };
  return {
    outcome: 'ok',
    data,
    body: JSON.stringify(document.json),
    etag: document.etag ?? null,
    sha256: sha256(document.body),
  };
}
