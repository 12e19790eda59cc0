import postgres from 'postgres';
import { describe, expect, test } from 'vitest';
import { config } from '@/lib/config';
import { serviceClient } from '@/lib/supabase/service-client';
import { userClient } from '@/lib/supabase/user-client';
import { createTestUser } from '../../support/users';

/** Runs SQL as the owner of the database, past the API. */
async function inDatabase<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(process.env.DATABASE_URL ?? '', { max: 1, onnotice: () => undefined });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

describe('the local Supabase server', () => {
  test.each(['/_system/info', '/', '/studio', '/storage/v1/bucket'])('hides %s', async (path) => {
    const response = await fetch(`${config().supabase.url}${path}`, {
      headers: { apikey: config().supabase.secretKey },
    });
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('postgres://');
  });

  test('shows its mail box and its users to the secret key only', async () => {
    const { url, publishableKey } = config().supabase;
    const headers = { apikey: publishableKey };
    expect((await fetch(config().embedded.mailboxUrl ?? '', { headers })).status).toBe(404);
    expect((await fetch(`${url}/auth/v1/admin/users`, { headers })).status).toBe(403);
  });

  test('keeps the code, message and detail that a function raises', async () => {
    const { error } = await serviceClient().rpc('cancel_job', { p_job_id: 'none', p_user_id: null, p_is_admin: null });
    expect(error).toBeNull();
    const submitted = await serviceClient().rpc('submit_job', {
      p_request: { queue: 'research', company_id: 'ZZ999999' },
    });
    expect(submitted.error).toMatchObject({ code: expect.stringMatching(/^OP/) });
  });

  test('stores JSON once encoded and answers times as ISO 8601', async () => {
    const user = await createTestUser();
    const client = userClient(user.accessToken);
    await client
      .from('profiles')
      .update({ settings: { theme: 'dark' } })
      .eq('id', user.id);
    const { data } = await client.from('profiles').select('settings, created_at').single();
    expect(data).toEqual({
      settings: { theme: 'dark' },
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+\+00:00$/),
    });
    const [stored] = await inDatabase(
      (sql) => sql`select jsonb_typeof(settings) as kind from profiles where id = ${user.id}`,
    );
    expect(stored?.kind).toBe('object');
  });

  test('gives the address of a user to the policies', async () => {
    const user = await createTestUser();
    const claims = JSON.stringify({ email: user.email });
    const [row] = await inDatabase((sql) =>
      sql.begin(async (transaction) => {
        await transaction`select set_config('request.jwt.claims', ${claims}, true)`;
        return transaction`select auth.email() as email`;
      }),
    );
    expect(row?.email).toBe(user.email);
  });

  test('lists, changes and deletes users', async () => {
    const { admin } = serviceClient().auth;
    const user = await createTestUser({ confirmed: false });
    const changed = await admin.updateUserById(user.id, { email_confirm: true, app_metadata: { plan: 'pro' } });
    expect(changed.data.user).toMatchObject({
      email_confirmed_at: expect.any(String),
      app_metadata: { provider: 'email', plan: 'pro' },
    });
    const listed = await admin.listUsers({ perPage: 1000 });
    expect(listed.data.users.map(({ id }) => id)).toContain(user.id);
    await admin.deleteUser(user.id);
    expect((await admin.getUserById(user.id)).error?.status).toBe(404);
    const { data } = await serviceClient().from('profiles').select('id').eq('id', user.id);
    expect(data).toEqual([]);
  });

  test('refuses a second account for an address', async () => {
    const user = await createTestUser();
    const { error } = await serviceClient().auth.admin.createUser({
      email: user.email.toUpperCase(),
      password: 'a password',
    });
    expect(error?.code).toBe('email_exists');
  });
});
