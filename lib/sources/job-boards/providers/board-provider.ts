import { z } from 'zod';
import type { BoardReading } from '../advert';

/**
 * Reads a JSON document of the board.
 * @param path below the address of the board's API, with its query.
 * @returns null where the board says that there is nothing (404).
 */
export type AskBoard = (path: string) => Promise<unknown>;

/** One kind of job board: one file and one line in the registry. */
export type BoardProvider = {
  /** As people call it. */
  title: string;
  /** The board that an address belongs to; null when the address is none of this provider's boards. */
  tokenIn(url: URL): string | null;
  /** The page of a board that a person can open. */
  page(token: string): string;
  /** Where boards state whose they are and their names follow that of the company: the names to ask for. */
  guesses?(words: readonly string[]): string[];
  /**
   * Reads all advertisements of a board; null when there is no such board.
   * @throws AppError `provider_contract` when the answer has another form, and whatever `ask` throws.
   */
  read(ask: AskBoard, token: string): Promise<BoardReading | null>;
};

/** More pages than this are not read: no company that is researched here advertises more than a thousand roles. */
export const MAX_PAGES = 10;
export const PAGE_SIZE = 100;

/** Names of boards in addresses: no path, no query. */
const TOKEN = /^[\p{L}\p{N}][\p{L}\p{N} ._&+-]{0,99}$/u;

/** A token out of an address; null when it cannot be one. */
export function toToken(text: string | null | undefined): string | null {
  if (!text) return null;
  const decoded = decodedOnce(text);
  return decoded !== null && TOKEN.test(decoded) ? decoded : null;
}

/** Path segments of an address, without empty ones. */
export function segmentsOf(url: URL): string[] {
  return url.pathname.split('/').filter(Boolean);
}

/** A list of which entries that do not fit are left out: one odd advertisement must not hide the others. */
export function lenientList<T>(item: z.ZodType<T>) {
  return z.array(z.unknown()).transform((entries) =>
    entries.flatMap((entry) => {
      const parsed = item.safeParse(entry);
      return parsed.success ? [parsed.data] : [];
    }),
  );
}

function decodedOnce(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
