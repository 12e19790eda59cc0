import { createHash } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { config } from '@/lib/config';

/** Cookie that proves that its bearer followed a link in a recovery mail a moment ago. */
export const RECOVERY_COOKIE = 'oppspot-recovery';
/** Time to choose a new password, in seconds. */
export const RECOVERY_SECONDS = 15 * 60;

const AUDIENCE = 'oppspot:recovery';

/** A pass for one user; a session alone is not enough to set a new password without the old one. */
export async function issueRecoveryPass(userId: string): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(userId)
    .setAudience(AUDIENCE)
    .setExpirationTime(`${RECOVERY_SECONDS}s`)
    .sign(key());
}

/** Whether the pass is genuine, in time and of this user. */
export async function isRecoveryPassOf(userId: string, pass: string | undefined): Promise<boolean> {
  if (!pass) return false;
  try {
    await jwtVerify(pass, key(), { audience: AUDIENCE, subject: userId, algorithms: ['HS256'] });
    return true;
  } catch {
    return false;
  }
}

/** Derived, so that no token signed with the project's own key can ever pass for one of these. */
function key(): Uint8Array {
  return createHash('sha256').update(`${AUDIENCE}:${config().supabase.secretKey}`).digest();
}
