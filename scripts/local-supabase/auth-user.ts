import type postgres from 'postgres';

/** A row of auth.users, as far as the admin API shows it. */
export type AuthUserRow = {
  id: string;
  aud: string;
  role: string;
  email: string | null;
  phone: string | null;
  email_confirmed_at: string | null;
  confirmed_at: string | null;
  last_sign_in_at: string | null;
  banned_until: string | null;
  raw_app_meta_data: Record<string, unknown> | null;
  raw_user_meta_data: Record<string, unknown> | null;
  created_at: string;
  updated_at: string;
};

/** A user in the form that GoTrue answers and supabase-js expects. */
export function toUser(row: AuthUserRow, identities: readonly postgres.Row[]) {
  return {
    id: row.id,
    aud: row.aud,
    role: row.role,
    email: row.email ?? '',
    phone: row.phone ?? '',
    email_confirmed_at: row.email_confirmed_at ?? undefined,
    confirmed_at: row.confirmed_at ?? undefined,
    last_sign_in_at: row.last_sign_in_at ?? undefined,
    banned_until: row.banned_until ?? undefined,
    app_metadata: row.raw_app_meta_data ?? {},
    user_metadata: row.raw_user_meta_data ?? {},
    identities: identities.map((identity) => ({
      ...identity,
      identity_id: identity.id,
      id: identity.provider_id,
    })),
    created_at: row.created_at,
    updated_at: row.updated_at,
    is_anonymous: false,
  };
}
