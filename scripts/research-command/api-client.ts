import { z } from 'zod';
import { CommandError } from './command-error';

const problemSchema = z.looseObject({ title: z.string(), detail: z.string().optional(), code: z.string().optional() });
const tokenSchema = z.object({ access_token: z.string() });

export type Api = {
  /**
   * @throws CommandError with the API's own words when it refuses, or when nobody answers.
   * @returns null for 404.
   */
  request<T>(method: 'GET' | 'POST' | 'DELETE', path: string, schema: z.ZodType<T>): Promise<T | null>;
};

/** The HTTP API of the running web server, as one signed-in user. */
export function createApi(appUrl: string, accessToken: string): Api {
  return {
    async request(method, path, schema) {
      const headers = {
        authorization: `Bearer ${accessToken}`,
        accept: 'application/json',
        ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
      };
      const response = await reach(`${appUrl}${path}`, {
        method,
        headers,
        ...(method === 'POST' ? { body: '{}' } : {}),
      });
      const body: unknown = await response.json().catch(() => null);
      if (response.status === 404) return null;
      if (!response.ok) throw refused(response.status, body);
      return schema.parse(body);
    },
  };
}

/** Signs in with a password, at the auth service of the stack. @returns an access token. */
export async function signIn(
  supabase: { url: string; publishableKey: string },
  user: { email: string; password: string },
): Promise<string> {
  const response = await reach(`${supabase.url}/auth/v1/token?grant_type=password`, {
    method: 'POST',
    headers: { apikey: supabase.publishableKey, 'content-type': 'application/json' },
    body: JSON.stringify(user),
  });
  const body = tokenSchema.safeParse(await response.json().catch(() => null));
  if (!response.ok || !body.success) throw new CommandError(`${user.email} could not be signed in.`);
  return body.data.access_token;
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(30_000) });
  } catch (error) {
    const { origin } = new URL(url);
    throw new CommandError(`Nobody answers at ${origin}. Start oppSpot with "npm start" and try again.`, undefined, {
      cause: error,
    });
  }
}

function refused(status: number, body: unknown): CommandError {
  const problem = problemSchema.safeParse(body);
  if (!problem.success) return new CommandError(`The server answered ${status} without saying why.`);
  const { title, detail } = problem.data;
  return new CommandError(detail === undefined ? title : `${title}. ${detail}`);
}
