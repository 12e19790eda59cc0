import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forgetAttempts, limitAttempts } from '@/lib/auth/limit-attempts';
import { getUser } from '@/lib/auth/session';
import { closeProducerRedis } from '@/lib/queue/redis-client';
import { forgetSingleton } from '@/lib/singleton';
import { signIn } from '@/lib/supabase/accounts';
import { sessionClient } from '@/lib/supabase/session-client';
import { issueAccessToken } from '../../../scripts/local-supabase/access-token';

const SECRET = 'a-secret-of-more-than-thirty-two-characters';
/** An auth server that takes every request and answers none. */
let silent: Server;

beforeAll(async () => {
  silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    LOG_LEVEL: 'silent',
    REDIS_URL: 'redis://127.0.0.1:9',
    SUPABASE_URL: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
    SUPABASE_PUBLISHABLE_KEY: 'p',
    SUPABASE_SECRET_KEY: 's',
    SUPABASE_JWT_SECRET: SECRET,
  });
  forgetSingleton('config');
});
afterAll(async () => {
  await closeProducerRedis();
  silent.closeAllConnections();
  silent.close();
});

/** What some work ended with, and how long it took (ms). */
async function timed(work: () => Promise<unknown>): Promise<{ outcome: unknown; ms: number }> {
  const started = performance.now();
  const outcome = await work().catch((error: unknown) => error);
  return { outcome, ms: performance.now() - started };
}

describe('while Redis is away', () => {
  test('signing in is not held up for a second, nor refused', async () => {
    const attempt = { kind: 'sign-in' as const, email: 'ada@example.com', ip: '192.0.2.1' };
    const { outcome, ms } = await timed(() => limitAttempts(attempt));
    expect(outcome).toBeUndefined();
    expect(ms).toBeLessThan(1_000);
    await expect(forgetAttempts(attempt)).resolves.toBeUndefined();
  });
});

describe('while the auth server does not answer', () => {
  test('an expired session is said to be unreadable within two seconds, not over', async () => {
    const past = Math.floor(Date.now() / 1000) - 60;
    const access_token = issueAccessToken(
      { sub: '6f1f3a4e-8c1d-4b6e-9f5a-1b2c3d4e5f60', email: '', exp: past },
      SECRET,
      0,
    );
    const session = {
      access_token,
      refresh_token: 'r',
      expires_at: past,
      expires_in: 0,
      token_type: 'bearer',
      user: {},
    };
    const cookie = `oppspot-session=base64-${Buffer.from(JSON.stringify(session)).toString('base64url')}`;
    const request = new Request('http://site.example/', { headers: { cookie } });
    const { outcome, ms } = await timed(() => getUser(request));
    expect(outcome).toMatchObject({ code: 'database_unavailable' });
    expect(ms).toBeLessThan(2_000);
  });

  test('signing in fails within five seconds', async () => {
    const client = sessionClient({ getAll: () => [], setAll: () => undefined });
    const { outcome, ms } = await timed(() => signIn(client, { email: 'ada@example.com', password: 'a password' }));
    expect(outcome).toMatchObject({ code: 'database_unavailable' });
    expect(ms).toBeLessThan(5_000);
  });
});
