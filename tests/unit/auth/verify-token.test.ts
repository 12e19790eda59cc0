import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { getUser, requireUser } from '@/lib/auth/session';
import { verifyToken } from '@/lib/auth/verify-token';
import { forgetSingleton } from '@/lib/singleton';
import { issueAccessToken } from '../../../scripts/local-supabase/access-token';

const SECRET = 'a-secret-of-more-than-thirty-two-characters';
const OWNER = { sub: '6f1f3a4e-8c1d-4b6e-9f5a-1b2c3d4e5f60', email: 'ada@example.com' };
const environment = { ...process.env };

function configure(variables: Record<string, string>): void {
  process.env = { ...environment, SUPABASE_PUBLISHABLE_KEY: 'p', SUPABASE_SECRET_KEY: 's', ...variables };
  process.env.REDIS_URL = 'redis://127.0.0.1:1';
  for (const name of ['config', 'auth:project-keys', 'supabase:anonymous']) forgetSingleton(name);
}

/** An auth server that publishes the given keys; every other address is answered with `otherwise`. */
async function authServer(keys: () => unknown, otherwise = 404): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    const found = request.url?.endsWith('/jwks.json');
    response.writeHead(found ? 200 : otherwise, { 'content-type': 'application/json' });
    response.end(JSON.stringify(found ? { keys: keys() } : { code: otherwise, error_code: 'bad_jwt', msg: 'bad' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

describe('a token of a shared secret that we know', () => {
  // Nothing listens there: whatever these tests find out, they find out without the network.
  beforeEach(() => configure({ SUPABASE_URL: 'http://127.0.0.1:1', SUPABASE_JWT_SECRET: SECRET }));

  test('belongs to its subject', async () => {
    await expect(verifyToken(issueAccessToken(OWNER, SECRET, 60))).resolves.toEqual({
      id: OWNER.sub,
      email: OWNER.email,
    });
  });

  test.each([
    ['empty', ''],
    ['not a token', 'abc'],
    ['three dots of nothing', '..'],
    ['signed with another key', issueAccessToken(OWNER, `${SECRET}x`, 60)],
    ['expired', issueAccessToken(OWNER, SECRET, -60)],
    ['of the service role', issueAccessToken({ ...OWNER, role: 'service_role' }, SECRET, 60)],
    ['of an anonymous visitor', issueAccessToken({ ...OWNER, role: 'anon' }, SECRET, 60)],
    ['for another audience', issueAccessToken({ ...OWNER, aud: 'oppspot:recovery' }, SECRET, 60)],
    ['without a user id', issueAccessToken({ ...OWNER, sub: 'admin' }, SECRET, 60)],
    ['unsigned', `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify(OWNER))}.`],
    ['cut short', issueAccessToken(OWNER, SECRET, 60).slice(0, -4)],
  ])('belongs to nobody when it is %s', async (_case, token) => {
    await expect(verifyToken(token)).resolves.toBeNull();
  });

  test('signs a request in as bearer', async () => {
    const token = issueAccessToken(OWNER, SECRET, 60);
    const request = new Request('http://site.example/api', { headers: { authorization: `Bearer ${token}` } });
    await expect(getUser(request)).resolves.toEqual({
      id: OWNER.sub,
      email: OWNER.email,
      accessToken: token,
      via: 'bearer',
    });
  });

  test('signs a request in by cookie', async () => {
    const token = issueAccessToken(OWNER, SECRET, 60);
    const session = { access_token: token, refresh_token: 'r', expires_at: Math.floor(Date.now() / 1000) + 60 };
    const cookie = `oppspot-session=base64-${Buffer.from(JSON.stringify(session)).toString('base64url')}`;
    await expect(getUser(new Request('http://site.example/', { headers: { cookie } }))).resolves.toMatchObject({
      id: OWNER.sub,
      via: 'cookie',
    });
  });

  test.each([
    ['nothing at all', {}],
    ['a bearer token that is none', { authorization: 'Bearer nonsense' }],
    ['a cookie that is none', { cookie: 'oppspot-session=base64-%%%' }],
    ['a cookie that holds something else', { cookie: `oppspot-session=base64-${btoa('{"access_token":1}')}` }],
    ['a torn cookie', { cookie: 'oppspot-session.0=base64-eyJhY2Nlc3Nf; oppspot-session.2=dG9rZW4i' }],
  ])('a request with %s comes from nobody', async (_case, headers) => {
    const request = new Request('http://site.example/api', { headers });
    await expect(getUser(request)).resolves.toBeNull();
    await expect(requireUser(request)).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

describe('a token of the published keys of a project', () => {
  let server: Server;
  let url: string;
  let published: unknown[] = [];
  const keys = generateKeyPair('ES256');
  const sign = async (privateKey: CryptoKey) =>
    new SignJWT({ email: OWNER.email, role: 'authenticated' })
      .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
      .setSubject(OWNER.sub)
      .setAudience('authenticated')
      .setExpirationTime('1m')
      .sign(privateKey);

  beforeAll(async () => {
    published = [{ ...(await exportJWK((await keys).publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }];
    ({ url, server } = await authServer(() => published, 403));
  });
  afterAll(() => {
    server.close();
  });
  beforeEach(() => configure({ SUPABASE_URL: url }));

  test('belongs to its subject', async () => {
    await expect(verifyToken(await sign((await keys).privateKey))).resolves.toEqual({
      id: OWNER.sub,
      email: OWNER.email,
    });
  });

  test('belongs to nobody when another key signed it', async () => {
    const other = await generateKeyPair('ES256');
    await expect(verifyToken(await sign(other.privateKey))).resolves.toBeNull();
  });

  test('says that the database is away when the keys cannot be read', async () => {
    configure({ SUPABASE_URL: 'http://127.0.0.1:1' });
    await expect(verifyToken(await sign((await keys).privateKey))).rejects.toMatchObject({
      code: 'database_unavailable',
    });
  });

  test('is asked about at the auth server when its shared secret is not known here', async () => {
    await expect(verifyToken(issueAccessToken(OWNER, SECRET, 60))).resolves.toBeNull();
    configure({ SUPABASE_URL: 'http://127.0.0.1:1' });
    await expect(verifyToken(issueAccessToken(OWNER, SECRET, 60))).rejects.toMatchObject({
      code: 'database_unavailable',
    });
  });
});
