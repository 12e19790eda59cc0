import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { config } from '@/lib/config';
import { AppError, toAppError } from '@/lib/errors';
import { unwrap } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import { issueAccessToken } from './local-supabase/access-token';

const HELP = `Usage: npm run --silent token [email]

Prints an access token of the running embedded stack, valid for 12 hours, and nothing else:

  curl -H "Authorization: Bearer $(npm run --silent token)" http://127.0.0.1:3000/api/quota

Without an address it is the demo user's. An address without an account gets a confirmed one.`;

const TWELVE_HOURS_S = 12 * 60 * 60;

async function main(args: string[]): Promise<void> {
  if (args.includes('--help') || args.includes('-h')) return console.log(HELP);
  const { embedded, supabase } = config();
  if (!embedded.demoEmail || !supabase.jwtSecret) {
    throw new Error('Tokens are issued for the embedded stack only, and this configuration names a Supabase project.');
  }
  const email = z.email().safeParse((args[0] ?? embedded.demoEmail).toLowerCase());
  if (args.length > 1 || !email.success) throw new Error(`Give one e-mail address or none.\n\n${HELP}`);
  const id = (await findUser(email.data)) ?? (await createUser(email.data));
  const claims = { iss: `${supabase.url}/auth/v1`, sub: id, email: email.data };
  console.log(issueAccessToken(claims, supabase.jwtSecret, TWELVE_HOURS_S));
}

async function findUser(email: string): Promise<string | null> {
  const profiles = unwrap(await serviceClient().from('profiles').select('id').eq('email', email).limit(1));
  return profiles[0]?.id ?? null;
}

async function createUser(email: string): Promise<string> {
  const password = randomBytes(18).toString('base64url');
  const { data, error } = await serviceClient().auth.admin.createUser({ email, password, email_confirm: true });
  if (error)
    throw new AppError('internal', { detail: `The account could not be created: ${error.message}`, cause: error });
  return data.user.id;
}

function fail(thrown: unknown): never {
  const { code, cause } = toAppError(thrown);
  const known: Record<string, string> = {
    database_unavailable: 'The embedded stack does not answer. Start it with "npm start" and try again.',
    misconfigured: 'The embedded stack does not run here. Start it with "npm start" and try again.',
  };
  const message = thrown instanceof Error ? thrown.message : String(cause ?? thrown);
  console.error(known[code] ?? message);
  process.exit(1);
}

await main(process.argv.slice(2)).catch(fail);
