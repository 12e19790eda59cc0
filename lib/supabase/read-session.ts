import { combineChunks, stringFromBase64URL } from '@supabase/ssr';
import { z } from 'zod';
import { type CookieStore, SESSION_COOKIE } from './session-client';

const storedSchema = z.object({ access_token: z.string(), expires_at: z.number() });

/** `expiresAt`: milliseconds since 1970. */
export type StoredSession = { accessToken: string; expiresAt: number };

/**
 * Reads the session from the cookies without building a client, which every request would otherwise pay for.
 * Nothing in it is trusted yet: the token has to be verified.
 * @returns null when there is no readable session.
 */
export async function readSession(cookies: Pick<CookieStore, 'getAll'>): Promise<StoredSession | null> {
  const values = new Map(cookies.getAll().map(({ name, value }) => [name, value]));
  const text = await combineChunks(SESSION_COOKIE, (name) => values.get(name));
  if (!text) return null;
  const stored = storedSchema.safeParse(decode(text));
  return stored.success ? { accessToken: stored.data.access_token, expiresAt: stored.data.expires_at * 1000 } : null;
}

function decode(text: string): unknown {
  const prefix = 'base64-';
  try {
    return JSON.parse(text.startsWith(prefix) ? stringFromBase64URL(text.slice(prefix.length)) : text);
  } catch {
    return null;
  }
}
