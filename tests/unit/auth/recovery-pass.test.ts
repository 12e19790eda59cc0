import { beforeAll, describe, expect, test } from 'vitest';
import { isRecoveryPassOf, issueRecoveryPass } from '@/lib/auth/recovery-pass';
import { forgetSingleton } from '@/lib/singleton';
import { issueAccessToken } from '../../../scripts/local-supabase/access-token';

const ADA = '6f1f3a4e-8c1d-4b6e-9f5a-1b2c3d4e5f60';
const BOB = '7a1f3a4e-8c1d-4b6e-9f5a-1b2c3d4e5f61';
const SECRET = 'a-secret-of-more-than-thirty-two-characters';

beforeAll(() => {
  Object.assign(process.env, {
    REDIS_URL: 'redis://127.0.0.1:1',
    SUPABASE_URL: 'http://127.0.0.1:1',
    SUPABASE_PUBLISHABLE_KEY: 'p',
    SUPABASE_SECRET_KEY: 's',
    SUPABASE_JWT_SECRET: SECRET,
  });
  forgetSingleton('config');
});

describe('the pass to set a new password', () => {
  test('lets its own user through and nobody else', async () => {
    const pass = await issueRecoveryPass(ADA);
    await expect(isRecoveryPassOf(ADA, pass)).resolves.toBe(true);
    await expect(isRecoveryPassOf(BOB, pass)).resolves.toBe(false);
  });

  test('cannot be replaced by an access token, by nothing, or by nonsense', async () => {
    const token = issueAccessToken({ sub: ADA, email: '', aud: 'oppspot:recovery' }, SECRET, 60);
    for (const pass of [token, undefined, '', 'nonsense'])
      await expect(isRecoveryPassOf(ADA, pass)).resolves.toBe(false);
  });
});
