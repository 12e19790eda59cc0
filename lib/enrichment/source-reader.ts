import type { SourceData, SourceId } from '@/lib/sources/registry';
import type { Json } from '@/types/database';

/** What a source says about one field: a value, or null where it states none. */
export type FactDraft = {
  field: string;
  value: Json | null;
  locator: string;
  snippet: string;
  /** Where the answer was put together from several pages: the one that says it, and how surely, 0 to 1. */
  place?: { url: string; sha256: string; confidence: number };
};

/** Columns of `companies` to set. */
export type CompanyColumns = Record<string, Json>;

/** How one source fills fields: one file in `readers/` and one line in its registry. */
export type SourceReader<K extends SourceId> = {
  source: K;
  facts(data: SourceData[K]): FactDraft[];
  columns?(data: SourceData[K]): CompanyColumns;
  /** What it means that the register has nothing there: no charges, for one, and not "unknown". */
  whenEmpty?: { facts: FactDraft[]; columns?: CompanyColumns };
};

/** A fact copied from one member of the answer. */
export function copied(field: string, value: Json | null | undefined, locator: string): FactDraft {
  return { field, value: value ?? null, locator, snippet: value === null || value === undefined ? '' : textOf(value) };
}

const SNIPPET_CHARACTERS = 500;

export function textOf(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= SNIPPET_CHARACTERS ? text : `${text.slice(0, SNIPPET_CHARACTERS - 1)}…`;
}
