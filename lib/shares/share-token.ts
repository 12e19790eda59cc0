import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';

/** 256 bits in 43 characters: nobody finds one by trying. */
export function newShareToken(): string {
  return randomBytes(32).toString('base64url');
}

const shareTokenSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** @returns what is stored of a token, hex; null for what cannot be one. */
export function hashShareToken(token: string): string | null {
  if (!shareTokenSchema.safeParse(token).success) return null;
  return createHash('sha256').update(token).digest('hex');
}
