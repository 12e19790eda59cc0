import { z } from 'zod';
import type { SourceContext, SourceDefinition } from '../define-source';
import { parseDocument, sha256 } from '../outbound/json-answer';
import { readOutcome } from '../read-outcome';
import { type Answer, type FetchedAnswer, readThroughCache } from '../read-through-cache';
import type { SourceOrigin, SourceOutcome } from '../source';
import { getDocument, PROVIDER } from './client';
import { getList, type Paging } from './list-pages';

export const PUBLIC_PAGES = 'https://find-and-update.company-information.service.gov.uk';
const HOUR_MS = 3_600_000;

export type RegisterSource<T> = {
  id: string;
  /** What is read, as people call it: "officers". */
  what: string;
  /** Of the API, below `/company/{number}`; '' for the company itself. */
  path: string;
  /** Of the pages that people open. */
  page: string;
  lifetimeHours: number;
  schema: z.ZodType<T>;
  /** For lists. */
  paging?: Paging;
  /** What it means that there is nothing. */
  emptyReason: string;
  /** For documents whose members can all be missing: whether there is nothing in it. */
  isEmpty?(data: T): boolean;
};

/** Makes a source of one resource of the register: cached, paged, and answering with one of the four outcomes. */
export function registerSource<T>(spec: RegisterSource<T>): SourceDefinition<T> {
  return {
    id: spec.id,
    async read(ctx, { companyNumber }) {
      const register = ctx.provider('companies_house');
      return readOutcome(ctx, spec.id, register, async () => {
        const answer = await readThroughCache(ctx, {
          key: `${spec.id}:${companyNumber}@${register.origin}`,
          source: spec.id,
          lifetimeMs: spec.lifetimeHours * HOUR_MS,
          parse: (body) => spec.schema.safeParse(JSON.parse(body)).data ?? null,
          fetch: (etag) => fetchDocument(ctx, spec, companyNumber, etag),
        });
        return toOutcome(spec, companyNumber, answer);
      });
    },
  };
}

async function fetchDocument<T>(
  ctx: SourceContext,
  spec: RegisterSource<T>,
  companyNumber: string,
  etag: string | null,
): Promise<FetchedAnswer<T>> {
  const path = `/company/${encodeURIComponent(companyNumber)}${spec.path}`;
  const document = spec.paging ? await getList(ctx, path, spec.what, spec.paging) : await getDocument(ctx, path, etag);
  if (document.kind === 'unchanged') return { outcome: 'unchanged' };
  if (document.kind === 'none') return { outcome: 'empty', sha256: sha256(document.body) };
  const data = parseDocument(PROVIDER, spec.schema, document.json, spec.what);
  if (spec.isEmpty?.(data)) return { outcome: 'empty', sha256: sha256(document.body) };
  return {
    outcome: 'ok',
    data,
    body: JSON.stringify(document.json),
    etag: document.etag ?? bodyEtag(document.json),
    sha256: sha256(document.body),
  };
}

/** The register names the version of a document in the document, and not always in a header. */
function bodyEtag(json: unknown): string | null {
  const named = z.object({ etag: z.string().min(1) }).safeParse(json);
  return named.success ? `"${named.data.etag}"` : null;
}

function toOutcome<T>(spec: RegisterSource<T>, companyNumber: string, answer: Answer<T>): SourceOutcome<T> {
  const origin: SourceOrigin = {
    source: spec.id,
    title: `${PROVIDER}: ${spec.what}`,
    url: `${PUBLIC_PAGES}/company/${encodeURIComponent(companyNumber)}${spec.page}`,
    sourceType: 'register',
    retrievedAt: answer.retrievedAt,
    publishedAt: null,
    sha256: answer.sha256,
    reliability: 0.98,
    stale: answer.stale,
  };
  if (answer.data === null) return { outcome: 'empty', origin, reason: spec.emptyReason };
  return { outcome: 'ok', data: answer.data, origin };
}
