import { randomBytes } from 'node:crypto';
import { config } from '@/lib/config';
import { unwrap } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import { issueAccessToken } from '../../scripts/local-supabase/access-token';

type TestUserOptions = {
  /** Gives the role `admin`. */
  admin?: boolean;
  /** Researches a month, in place of the configured limit. */
  researchLimit?: number;
  /** Default: a new address that nobody else uses. */
  email?: string;
  /** Default: true. */
  confirmed?: boolean;
};

export type TestUser = { id: string; email: string; password: string; accessToken: string };

/** Creates a user of the running test stack, with an access token that is valid for an hour. */
export async function createTestUser(options: TestUserOptions = {}): Promise<TestUser> {
  const { admin = false, researchLimit, confirmed = true } = options;
  const email = options.email ?? `user-${randomBytes(6).toString('hex')}@test.example`;
  const password = randomBytes(12).toString('base64url');
  const { data, error } = await serviceClient().auth.admin.createUser({ email, password, email_confirm: confirmed });
  if (error) throw new Error(`The test user could not be created: ${error.message}`, { cause: error });
  const { id } = data.user;
  if (admin || researchLimit !== undefined) {
    const changes = {
      ...(admin ? { role: 'admin' } : {}),
      ...(researchLimit === undefined ? {} : { research_limit: researchLimit }),
    };
    unwrap(await serviceClient().from('profiles').update(changes).eq('id', id));
  }
  return { id, email, password, accessToken: issueTestToken({ sub: id, email }) };
}

/** A token as the auth server would issue it, with claims of the test's choice. */
export function issueTestToken(
  claims: { sub: string; email: string } & Record<string, unknown>,
  secret?: string,
): string {
  const { jwtSecret } = config().supabase;
  const key = secret ?? jwtSecret;
  if (!key) throw new Error('SUPABASE_JWT_SECRET is not set');
  return issueAccessToken(claims, key, 3600);
}
