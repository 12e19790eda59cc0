import { z } from 'zod';
import { signHs256 } from './access-token';

const sessionSchema = z.looseObject({
  access_token: z.string(),
  user: z.looseObject({
    phone: z.string().optional(),
    app_metadata: z.record(z.string(), z.unknown()).optional(),
    user_metadata: z.record(z.string(), z.unknown()).optional(),
  }),
});

/**
 * Signs the access token of a session answer again, with the claims that a hosted project puts into it and
 * @supabase/lite 0.10.0 leaves out (iss, app_metadata, user_metadata, aal, amr). Other answers pass unchanged.
 */
export async function withFullClaims(response: Response, jwtSecret: string, issuer: string): Promise<Response> {
  if (!response.ok || !response.headers.get('content-type')?.includes('json')) return response;
  const text = await response.text();
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  const session = sessionSchema.safeParse(parseOrNull(text));
  if (!session.success) return new Response(text, { status: response.status, headers });
  const token = resign(session.data, jwtSecret, issuer);
  return new Response(JSON.stringify({ ...session.data, access_token: token }), { status: response.status, headers });
}

function resign(session: z.infer<typeof sessionSchema>, jwtSecret: string, issuer: string): string {
  const claims = z
    .looseObject({ iat: z.number().optional() })
    .parse(JSON.parse(Buffer.from(session.access_token.split('.')[1] ?? '', 'base64url').toString()));
  return signHs256(
    {
      iss: issuer,
      ...claims,
      phone: session.user.phone ?? '',
      app_metadata: session.user.app_metadata ?? {},
      user_metadata: session.user.user_metadata ?? {},
      aal: 'aal1',
      amr: [{ method: 'password', timestamp: claims.iat }],
      is_anonymous: false,
    },
    jwtSecret,
  );
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
