import { describe, expect, test } from 'vitest';
import { config } from '@/lib/config';
import { createTestUser, issueTestToken, type TestUser } from '../../support/users';
import { newVisitor, type Visitor } from '../../support/visitor';

const COOKIE = 'oppspot-session';

async function signedIn(): Promise<{ visitor: Visitor; user: TestUser }> {
  const [visitor, user] = [newVisitor(), await createTestUser()];
  await visitor.submit(await visitor.visit('/sign-in'), 'Sign in', { email: user.email, password: user.password });
  return { visitor, user };
}

function readSession(visitor: Visitor): Record<string, unknown> {
  const chunks = [...visitor.cookies]
    .filter(([name]) => name.startsWith(COOKIE))
    .sort(([a], [b]) => a.localeCompare(b));
  const text = chunks.map(([, value]) => decodeURIComponent(value)).join('');
  return JSON.parse(Buffer.from(text.replace(/^base64-/, ''), 'base64url').toString());
}

/** Lets an hour pass for the session of a visitor. */
function expire(visitor: Visitor, user: TestUser, changes: Record<string, unknown> = {}): void {
  const past = Math.floor(Date.now() / 1000) - 60;
  const access_token = issueTestToken({ sub: user.id, email: user.email, exp: past });
  const session = { ...readSession(visitor), access_token, expires_at: past, ...changes };
  for (const name of [...visitor.cookies.keys()]) if (name.startsWith(COOKIE)) visitor.cookies.delete(name);
  visitor.cookies.set(COOKIE, `base64-${Buffer.from(JSON.stringify(session)).toString('base64url')}`);
}

describe('a session', () => {
  test('is renewed when it has expired, before the page is made', async () => {
    const { visitor, user } = await signedIn();
    expire(visitor, user);
    const page = await visitor.visit('/companies');
    expect([page.path, page.status]).toEqual(['/companies', 200]);
    expect(Number(readSession(visitor).expires_at)).toBeGreaterThan(Date.now() / 1000);
    expect((await visitor.visit('/companies')).path).toBe('/companies');
  });

  test('is renewed by the API, too, for several requests at once', async () => {
    const { visitor, user } = await signedIn();
    expire(visitor, user);
    const pages = await Promise.all([
      visitor.visit('/api/quota'),
      visitor.visit('/api/jobs'),
      visitor.visit('/api/quota'),
    ]);
    expect(pages.map((page) => page.status)).toEqual([200, 200, 200]);
    expect(Number(readSession(visitor).expires_at)).toBeGreaterThan(Date.now() / 1000);
    expect((await visitor.visit('/api/quota')).status).toBe(200);
  });

  test('that cannot be renewed is over: pages ask to sign in, the API answers 401, the cookie goes', async () => {
    const [ada, bob] = [await signedIn(), await signedIn()];
    expire(ada.visitor, ada.user, { refresh_token: 'used-up' });
    expect((await ada.visitor.visit('/api/quota')).status).toBe(401);
    expire(bob.visitor, bob.user, { refresh_token: 'used-up' });
    expect((await bob.visitor.visit('/companies')).path).toBe('/sign-in?next=%2Fcompanies');
    for (const { visitor } of [ada, bob]) {
      expect([...visitor.cookies.keys()].filter((name) => name.startsWith(COOKIE))).toEqual([]);
    }
  });

  test('of a token that we did not sign is nobody’s', async () => {
    const { visitor, user } = await signedIn();
    const forged = issueTestToken(
      { sub: user.id, email: user.email },
      'another-secret-of-more-than-thirty-two-characters',
    );
    expire(visitor, user, { access_token: forged, expires_at: Math.floor(Date.now() / 1000) + 3600 });
    expect((await visitor.visit('/api/quota')).status).toBe(401);
    expect((await visitor.visit('/companies')).path).toMatch(/^\/sign-in/);
  });

  test('is kept in a cookie that scripts cannot read and other sites cannot use', async () => {
    const user = await createTestUser();
    const lines: string[] = [];
    const visitor = newVisitor();
    visitor.onCookie = (line) => lines.push(line);
    await visitor.submit(await visitor.visit('/sign-in'), 'Sign in', { email: user.email, password: user.password });
    const session = lines.filter((line) => line.startsWith(COOKIE));
    expect(session.length).toBeGreaterThan(0);
    for (const line of session) {
      expect(line).toMatch(/httponly/i);
      expect(line).toMatch(/samesite=lax/i);
      expect(/secure/i.test(line)).toBe(config().web.appUrl.startsWith('https:'));
    }
  });

  test('elsewhere ends when the password is changed', async () => {
    const { visitor: elsewhere, user } = await signedIn();
    const visitor = newVisitor();
    await visitor.submit(await visitor.visit('/forgot-password'), 'Send the mail', { email: user.email });
    const mailbox = await visitor.visit('/dev/mailbox');
    const link =
      mailbox.html.match(/\/auth\/confirm\?token_hash=\w+&amp;type=recovery/)?.[0].replace('&amp;', '&') ?? '';
    const form = await visitor.visit(link);
    const saved = await visitor.submit(form, 'Save the password', {
      password: 'new password',
      repeated: 'new password',
    });
    expect(saved.path).toBe('/reset-password?done=1');
    expire(elsewhere, user);
    expect((await elsewhere.visit('/companies')).path).toBe('/sign-in?next=%2Fcompanies');
    expect((await visitor.visit('/companies')).path).toBe('/companies');
  });
});
