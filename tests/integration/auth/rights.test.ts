import { describe, expect, test } from 'vitest';
import { isAdmin } from '@/lib/auth/admin';
import { serviceClient } from '@/lib/supabase/service-client';
import { userClient } from '@/lib/supabase/user-client';
import { callApi, expectProblem } from '../../support/api-client';
import { createTestUser, issueTestToken } from '../../support/users';

let counter = 0;
function address(domain: string): string {
  counter += 1;
  return `someone-${Date.now()}-${counter}@${domain}`;
}

describe('an admin', () => {
  test.each([
    ['somebody with the role', { admin: true }, true],
    ['a confirmed address in the domain', { email: address('oppspot.com') }, true],
    ['an unconfirmed address in the domain', { email: address('oppspot.com'), confirmed: false }, false],
    ['an address in a domain that only ends alike', { email: address('notoppspot.com') }, false],
    ['an address in a domain below', { email: address('x.oppspot.com') }, false],
    ['anybody else', {}, false],
  ])('%s: %j', async (_case, options, expected) => {
    await expect(isAdmin(await createTestUser(options))).resolves.toBe(expected);
  });

  test('is not made by an address that only the token claims', async () => {
    const user = await createTestUser();
    const accessToken = issueTestToken({ sub: user.id, email: 'boss@oppspot.com' });
    await expect(isAdmin({ accessToken })).resolves.toBe(false);
  });

  test('is not made by a token of a user who no longer exists', async () => {
    const user = await createTestUser({ admin: true });
    await serviceClient().auth.admin.deleteUser(user.id);
    await expect(isAdmin(user)).resolves.toBe(false);
  });
});

describe('a user', () => {
  test.each([
    { role: 'admin' },
    { research_limit: 1_000_000 },
    { email: 'boss@oppspot.com' },
    { id: '00000000-0000-4000-8000-000000000000' },
  ])('cannot change their own %j', async (change) => {
    const user = await createTestUser();
    const { error } = await userClient(user.accessToken).from('profiles').update(change).eq('id', user.id);
    expect(error?.code).toBe('42501');
    const { data } = await serviceClient()
      .from('profiles')
      .select('role, research_limit, email')
      .eq('id', user.id)
      .single();
    expect(data).toEqual({ role: 'user', research_limit: null, email: user.email });
  });

  test('can change their own name but not that of another', async () => {
    const [ada, bob] = [await createTestUser(), await createTestUser()];
    const client = userClient(ada.accessToken);
    await client.from('profiles').update({ full_name: 'Ada' }).in('id', [ada.id, bob.id]);
    const { data } = await serviceClient().from('profiles').select('id, full_name').in('id', [ada.id, bob.id]);
    expect(new Map(data?.map((row) => [row.id, row.full_name]))).toEqual(
      new Map([
        [ada.id, 'Ada'],
        [bob.id, null],
      ]),
    );
  });

  test('cannot call what only the service may call', async () => {
    const user = await createTestUser();
    const { error } = await userClient(user.accessToken).rpc('submit_job', { p_request: {} });
    expect(error?.code).toBe('42501');
  });
});

describe('the API', () => {
  test.each([
    ['without a token', undefined],
    ['with a malformed token', 'nonsense'],
    ['with an expired token', 'expired'],
    ['with a token of another key', 'forged'],
  ])('answers 401 %s', async (_case, kind) => {
    const user = await createTestUser();
    const claims = { sub: user.id, email: user.email };
    const tokens: Record<string, string> = {
      expired: issueTestToken({ ...claims, exp: Math.floor(Date.now() / 1000) - 60 }),
      forged: issueTestToken(claims, 'another-secret-of-more-than-thirty-two-characters'),
    };
    const token = kind && (tokens[kind] ?? kind);
    expectProblem(await callApi('GET', '/api/quota', token ? { token } : {}), 401, 'unauthenticated');
  });

  test('knows the owner of a token', async () => {
    const user = await createTestUser();
    expect((await callApi('GET', '/api/quota', { token: user.accessToken })).status).toBe(200);
  });
});
