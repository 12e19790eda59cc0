import { z } from 'zod';
import type { TestStack } from './test-stack';

const sessionSchema = z.object({ access_token: z.string() });

/**
 * An access token of a stack's demo user, through that stack's own sign-in: for stacks that a test starts for itself,
 * while this process's clients belong to the shared one.
 */
export async function demoToken(stack: TestStack): Promise<string> {
  const { EMBEDDED_DEMO_EMAIL, EMBEDDED_DEMO_PASSWORD } = stack.environment;
  return signIn(stack, String(EMBEDDED_DEMO_EMAIL), String(EMBEDDED_DEMO_PASSWORD));
}

/** As `demoToken`, of the demo admin. */
export function adminToken(stack: TestStack): Promise<string> {
  return signIn(stack, 'admin@oppspot.com', 'admin-oppspot');
}

async function signIn(stack: TestStack, email: string, password: string): Promise<string> {
  const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY } = stack.environment;
  const response = await fetch(`${SUPABASE_URL}/auth/v1/token?grant_type=password`, {
    method: 'POST',
    headers: { apikey: String(SUPABASE_PUBLISHABLE_KEY), 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  return sessionSchema.parse(await response.json()).access_token;
}
