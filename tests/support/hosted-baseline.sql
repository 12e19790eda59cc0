-- What a hosted Supabase database has before the first migration: its API roles, the auth schema, and an owner of the
-- project's objects that bypasses row-level security but is not superuser.
select pg_advisory_lock(42);
do $$
declare
  v_role text;
begin
  foreach v_role in array array['anon', 'authenticated', 'service_role', 'hosted_owner'] loop
    if not exists (select from pg_roles where rolname = v_role) then
      execute format('create role %I nologin noinherit', v_role);
    end if;
  end loop;
  alter role service_role bypassrls;
  alter role hosted_owner bypassrls createrole;
  execute format('alter database %I owner to hosted_owner', current_database());
end $$;
select pg_advisory_unlock(42);

alter schema public owner to hosted_owner;
create schema auth;
create schema extensions;
grant usage on schema public, auth, extensions to anon, authenticated, service_role, hosted_owner;
grant create on schema extensions to hosted_owner;

create table auth.users (
  id uuid primary key default gen_random_uuid(),
  email text,
  email_confirmed_at timestamptz,
  raw_user_meta_data jsonb
);
grant all on table auth.users to hosted_owner;
create function auth.uid() returns uuid language sql stable as
  $$ select (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid $$;

alter default privileges for role hosted_owner in schema public
  grant all on tables to anon, authenticated, service_role;
alter default privileges for role hosted_owner in schema public
  grant all on sequences to anon, authenticated, service_role;
alter default privileges for role hosted_owner in schema public
  grant all on functions to anon, authenticated, service_role;
