import { randomUUID } from 'node:crypto';
import type postgres from 'postgres';
import { z } from 'zod';
import { type AuthUserRow, toUser } from './auth-user';

const metadata = z.record(z.string(), z.unknown()).optional();
const attributesSchema = z.object({
  id: z.uuid().optional(),
  email: z
    .email()
    .transform((value) => value.toLowerCase())
    .optional(),
  password: z.string().min(1).max(72).optional(),
  email_confirm: z.boolean().optional(),
  role: z.string().optional(),
  app_metadata: metadata,
  user_metadata: metadata,
});
type Attributes = z.infer<typeof attributesSchema>;

/** Path of the admin users API under the server's root. */
export const ADMIN_USERS_PATH = '/auth/v1/admin/users';

/**
 * The admin users API of GoTrue (create, list, get, update, delete), which @supabase/lite 0.10.0 lacks.
 * @param secretKey the project's secret key; any other `apikey` is refused.
 */
export async function adminUsers(request: Request, sql: postgres.Sql, secretKey: string): Promise<Response> {
  if (request.headers.get('apikey') !== secretKey) return failure(403, 'not_admin', 'User not allowed');
  const url = new URL(request.url);
  const id = url.pathname.slice(ADMIN_USERS_PATH.length).replace(/^\//, '');
  if (id === '') return request.method === 'POST' ? create(await attributes(request), sql) : list(request, url, sql);
  if (!z.uuid().safeParse(id).success) return failure(404, 'validation_failed', 'user_id must be an UUID');
  return one(request, id, sql);
}

async function one(request: Request, id: string, sql: postgres.Sql): Promise<Response> {
  const user = await load(sql, id);
  if (!user) return failure(404, 'user_not_found', 'User not found');
  switch (request.method) {
    case 'GET':
      return Response.json(user);
    case 'PUT':
      return update(id, await attributes(request), sql);
    case 'DELETE':
      await sql`delete from auth.users where id = ${id}`;
      return Response.json(user);
    default:
      return failure(405, 'method_not_allowed', 'Method not allowed');
  }
}

async function attributes(request: Request): Promise<z.ZodSafeParseResult<Attributes>> {
  return attributesSchema.safeParse(await request.json().catch(() => null));
}

async function create(parsed: z.ZodSafeParseResult<Attributes>, sql: postgres.Sql): Promise<Response> {
  if (!parsed.success) return failure(400, 'validation_failed', z.prettifyError(parsed.error));
  const { email, password, email_confirm: confirmed = false } = parsed.data;
  if (!email) return failure(400, 'validation_failed', 'Cannot create a user without an email');
  const id = parsed.data.id ?? randomUUID();
  const appMetadata = { provider: 'email', providers: ['email'], ...parsed.data.app_metadata };
  const userMetadata = { ...parsed.data.user_metadata, email_verified: confirmed };
  const identity = { sub: id, email, email_verified: confirmed, phone_verified: false };
  try {
    await sql.begin(async (transaction) => {
      await transaction`insert into auth.users
        (id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data)
        values (${id}, 'authenticated', ${parsed.data.role ?? 'authenticated'}, ${email},
          extensions.crypt(${password ?? null}, extensions.gen_salt('bf', 10)),
          case when ${confirmed} then now() end,
          ${JSON.stringify(appMetadata)}::jsonb, ${JSON.stringify(userMetadata)}::jsonb)`;
      await transaction`insert into auth.identities (id, provider, provider_id, user_id, identity_data)
        values (${randomUUID()}, 'email', ${id}, ${id}, ${JSON.stringify(identity)}::jsonb)`;
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return failure(422, 'email_exists', 'A user with this email address has already been registered');
  }
  return Response.json(await load(sql, id));
}

async function update(id: string, parsed: z.ZodSafeParseResult<Attributes>, sql: postgres.Sql): Promise<Response> {
  if (!parsed.success) return failure(400, 'validation_failed', z.prettifyError(parsed.error));
  const { email = null, password = null, role = null, email_confirm: confirmed = false } = parsed.data;
  const { app_metadata: appMetadata = {}, user_metadata: userMetadata = {} } = parsed.data;
  try {
    await sql.begin(async (transaction) => {
      await transaction`update auth.users set
        email = coalesce(${email}, email),
        encrypted_password = coalesce(extensions.crypt(${password}, extensions.gen_salt('bf', 10)), encrypted_password),
        role = coalesce(${role}, role),
        email_confirmed_at = case when ${confirmed} then coalesce(email_confirmed_at, now()) else email_confirmed_at end,
        raw_app_meta_data = jsonb_strip_nulls(coalesce(raw_app_meta_data, '{}') || ${JSON.stringify(appMetadata)}::jsonb),
        raw_user_meta_data = jsonb_strip_nulls(coalesce(raw_user_meta_data, '{}') || ${JSON.stringify(userMetadata)}::jsonb),
        updated_at = now()
        where id = ${id}`;
      await transaction`update auth.identities
        set identity_data = identity_data || jsonb_strip_nulls(jsonb_build_object('email', ${email}::text)), updated_at = now()
        where user_id = ${id} and provider = 'email'`;
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return failure(422, 'email_exists', 'A user with this email address has already been registered');
  }
  return Response.json(await load(sql, id));
}

async function list(request: Request, url: URL, sql: postgres.Sql): Promise<Response> {
  if (request.method !== 'GET') return failure(405, 'method_not_allowed', 'Method not allowed');
  const page = Math.max(1, Number(url.searchParams.get('page')) || 1);
  const perPage = Math.min(1000, Math.max(1, Number(url.searchParams.get('per_page')) || 50));
  const rows = await sql<(AuthUserRow & { total: number })[]>`
    select *, (count(*) over ())::int as total from auth.users
    order by created_at desc, id limit ${perPage} offset ${(page - 1) * perPage}`;
  const total = rows[0]?.total ?? 0;
  const last = Math.max(1, Math.ceil(total / perPage));
  const link = (target: number, rel: string) => `<${url.pathname}?page=${target}&per_page=${perPage}>; rel="${rel}"`;
  const links = [...(page < last ? [link(page + 1, 'next')] : []), link(last, 'last')];
  const headers = { 'x-total-count': String(total), link: links.join(', ') };
  return Response.json({ users: rows.map((row) => toUser(row, [])), aud: 'authenticated' }, { headers });
}

async function load(sql: postgres.Sql, id: string) {
  const [row] = await sql<AuthUserRow[]>`select * from auth.users where id = ${id}`;
  if (!row) return null;
  return toUser(row, await sql`select * from auth.identities where user_id = ${id}`);
}

function isUniqueViolation(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === '23505';
}

function failure(status: number, code: string, message: string): Response {
  const headers = { 'x-supabase-api-version': '2024-01-01' };
  return Response.json({ code: status, error_code: code, msg: message }, { status, headers });
}
