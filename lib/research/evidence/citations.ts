import type { SourceOrigin, SourceOutcome } from '@/lib/sources/source';
import type { AgeBasis } from '../confidence';
import { leavesOf, readPath } from './json-path';

/** A piece of evidence to be cited: what stands where, and how it ages. */
export type Citation = {
  origin: SourceOrigin;
  locator: string;
  snippet: string;
  basis: AgeBasis;
  /** ISO date or instant from which the fact ages. */
  since: string;
  publishedAt?: string | null;
  /** 0 to 1: how surely the answer is about this very company (m of research 1.6); 1 when it was asked for by number. */
  match?: number;
};

/** An answer that can be cited: something was found, or surely nothing. */
export type Answered = Extract<SourceOutcome<unknown>, { origin: unknown }>;

export type CiteOptions = {
  /** Members to show of an object: nothing else of it may appear, since people's private details stand next to names. */
  members?: readonly string[];
  basis?: Citation['basis'];
  /** ISO date from which the fact ages; the time of retrieval otherwise. */
  since?: string | undefined;
  publishedAt?: string | null | undefined;
  match?: number | undefined;
  /** Page of the very thing that is cited, where it has one of its own. */
  url?: string;
};

/**
 * What really stands at a place of an answer, ready to be cited.
 * @param path see {@link readPath}; in an answer that says "nothing there" only `$` makes sense.
 */
export function cite(outcome: Answered, path: string, options: CiteOptions = {}): Citation {
  return {
    origin: options.url === undefined ? outcome.origin : { ...outcome.origin, url: options.url },
    locator: outcome.outcome === 'ok' ? path : '$',
    snippet: outcome.outcome === 'ok' ? snippetAt(outcome.data, path, options.members) : outcome.reason,
    basis: options.basis ?? (outcome.origin.source.endsWith('.officers') ? 'officers' : 'register'),
    since: options.since ?? outcome.origin.retrievedAt,
    publishedAt: options.publishedAt ?? null,
    ...(options.match !== undefined && { match: options.match }),
  };
}

/** The text at a place: a scalar as it is, the named members of an object, the length of a list of objects. */
export function snippetAt(data: unknown, path: string, members: readonly string[] = []): string {
  const found = readPath(data, path);
  if (!found.found) return '';
  const { value } = found;
  if (Array.isArray(value)) {
    return value.some((item) => typeof item === 'object') ? entries(value.length) : value.join(', ');
  }
  if (typeof value !== 'object' || value === null) return String(value);
  return members
    .map((member) => [member, leavesOf(Reflect.get(value, member)).filter((leaf) => leaf !== null)] as const)
    .filter(([, leaves]) => leaves.length > 0)
    .map(([member, leaves]) => `${member}: ${leaves.join(', ')}`)
    .join('; ');
}

function entries(count: number): string {
  return count === 1 ? '1 entry' : `${count} entries`;
}
