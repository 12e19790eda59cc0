import { z } from 'zod';
import type { TestStack } from './test-stack';

const sessionSchema = z.object({ access_token: z.string() });

/**
 * An access token of a stack's demo user, through that stack's own sign-in: for stacks that a test starts for itself,
 * while this process's clients belong to the shared one.
 */
export async function demoToken(stack: TestStack): Promise<string> {
  const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, EMBEDDED_DEMO_EMAIL, EMBEDDED_DEMO_PASSWORD } = stack.environment;
  const response = await fetch(`${SUPABASE_URL}/auth/v1/token?grant_type=password`, {
    method: 'POST',
    headers: { apikey: String(SUPABASE_PUBLISHABLE_KEY), 'content-type': 'application/json' },
    body: JSON.stringify({ email: EMBEDDED_DEMO_EMAIL, password: EMBEDDED_DEMO_PASSWORD }),
  });
  return sessionSchema.parse(await response.json()).access_token;
}
