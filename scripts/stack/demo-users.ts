import { z } from 'zod';
import { UserError } from '../bootstrap/user-error.mjs';

/** Anybody who has the embedded stack may know these: the accounts exist on it only. */
export const DEMO_USER = { email: 'demo@oppspot.example', password: 'demo-oppspot' };
export const DEMO_ADMIN = { email: 'admin@oppspot.com', password: 'admin-oppspot' };

const refusalSchema = z.object({ error_code: z.string(), msg: z.string() });

/**
 * Creates the demo user and the demo admin, with confirmed addresses, where they are missing.
 * Source of the request: the auth server's admin API, `POST /admin/users`.
 * @throws UserError when the auth server refuses for another reason than that they exist.
 */
export async function createDemoUsers(server: { url: string; secretKey: string }): Promise<void> {
  await Promise.all([DEMO_USER, DEMO_ADMIN].map((account) => createUser(server, account)));
}

async function createUser(
  { url, secretKey }: { url: string; secretKey: string },
  account: { email: string; password: string },
): Promise<void> {
  const response = await fetch(`${url}/auth/v1/admin/users`, {
    method: 'POST',
    headers: { apikey: secretKey, authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...account, email_confirm: true }),
  });
  if (response.ok) return;
  const refusal = refusalSchema.safeParse(await response.json().catch(() => null));
  if (refusal.data?.error_code === 'email_exists') return;
  const reason = refusal.data?.msg ?? `status ${response.status}`;
  throw new UserError(`The demo account ${account.email} could not be created: ${reason}`);
}
