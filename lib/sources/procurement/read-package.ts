import { z } from 'zod';
import { AppError } from '@/lib/errors';
import type { HttpAnswer } from '../http';
import { type Release, releaseSchema } from './schema';

export type ReleasePackage = {
  releases: Release[];
  /** Releases that could not be read; the others are not affected. */
  damaged: number;
  /** Where the next page begins; null on the last one. */
  cursor: string | null;
};

const packageSchema = z.looseObject({
  releases: z.array(z.unknown()),
  links: z.looseObject({ next: z.string().nullish() }).nullish(),
});

/**
 * Reads a page of releases. The services are known to send ISO-8859-1 under the name of UTF-8, numbers such as `12 000`
 * and single broken releases: a release that cannot be read fails alone, a damaged page as a whole.
 * @throws AppError `provider_contract`.
 */
export function readPackage(
  provider: string,
  { headers, bytes }: Pick<HttpAnswer, 'headers' | 'bytes'>,
): ReleasePackage {
  const type = headers.get('content-type') ?? 'application/json';
  if (/html|xml/i.test(type)) {
    throw new AppError('provider_contract', {
      detail: `${provider} answered in an unknown form (${type.split(';')[0]})`,
    });
  }
  const { page, damaged } = parsePage(decode(bytes ?? new Uint8Array()));
  const parsed = packageSchema.safeParse(page);
  if (!parsed.success) {
    throw new AppError('provider_contract', { detail: `${provider} sent a page of releases that cannot be read` });
  }
  const releases = parsed.data.releases.flatMap((release) => releaseSchema.safeParse(release).data ?? []);
  return {
    releases,
    damaged: damaged + parsed.data.releases.length - releases.length,
    cursor: cursorOf(parsed.data.links?.next),
  };
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('iso-8859-1').decode(bytes);
  }
}

function parsePage(text: string): { page: unknown; damaged: number } {
  const whole = parseJson(text);
  return whole === undefined ? parsePieces(text) : { page: whole, damaged: 0 };
}

/** Parses every release by itself; what is around them must be sound. */
function parsePieces(text: string): { page: unknown; damaged: number } {
  const start = /"releases"\s*:\s*\[/.exec(text);
  if (start === null) return { page: undefined, damaged: 0 };
  const from = start.index + start[0].length;
  const { pieces, end } = cutObjects(text, from);
  const around = end === null ? undefined : parseJson(text.slice(0, from) + text.slice(end));
  if (around === null || typeof around !== 'object') return { page: undefined, damaged: 0 };
  const releases = pieces.map(parseJson).filter((release) => release !== undefined);
  return { page: { ...around, releases }, damaged: pieces.length - releases.length };
}

/** The objects of a list, by their braces; `end` is where the list closes, null when it never does. */
function cutObjects(text: string, from: number): { pieces: string[]; end: number | null } {
  const pieces: string[] = [];
  let depth = 0;
  let begin = from;
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"') at = endOfString(text, at);
    else if (sign === '{' || sign === '[') {
      if (depth === 0) begin = at;
      depth += 1;
    } else if (sign === ']' && depth === 0) return { pieces, end: at };
    else if (sign === '}' || sign === ']') {
      depth -= 1;
      if (depth === 0) pieces.push(text.slice(begin, at + 1));
    }
  }
  return { pieces, end: null };
}

function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Only the cursor of the link counts: its host is the service's own wherever the service stands. */
function cursorOf(next: string | null | undefined): string | null {
  if (!next || !URL.canParse(next, 'https://page.invalid')) return null;
  return new URL(next, 'https://page.invalid').searchParams.get('cursor') || null;
}
