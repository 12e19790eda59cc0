-- What a hosted Supabase database has before the first migration of a project runs.
-- Idempotent: runs at every start of the local server, before the migrations. Never part of a migration.
do $$
begin
  if not exists (select from pg_catalog.pg_roles where rolname = 'anon') then
    create role anon nologin noinherit;
  end if;
  if not exists (select from pg_catalog.pg_roles where rolname = 'authenticated') then
    create role authenticated nologin noinherit;
  end if;
  if not exists (select from pg_catalog.pg_roles where rolname = 'service_role') then
    create role service_role nologin noinherit bypassrls;
  end if;
end
$$;

create schema if not exists auth;
create schema if not exists extensions;
grant usage on schema public, auth, extensions to anon, authenticated, service_role;

-- A hosted project grants everything in public by default; row-level security and the revokes of the migrations restrict it.
alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
alter default privileges in schema public grant all on sequences to anon, authenticated, service_role;
alter default privileges in schema public grant all on functions to anon, authenticated, service_role;

create extension if not exists pgcrypto with schema extensions;
create extension if not exists "uuid-ossp" with schema extensions;

-- The same record of applied migrations that the Supabase CLI keeps.
create schema if not exists supabase_migrations;
create table if not exists supabase_migrations.schema_migrations (
  version text primary key,
  statements text[],
  name text
);
create table if not exists supabase_migrations.seed_files (
  path text primary key,
  hash text not null
);

-- Mails that this server "sent": readable through its mail box endpoint, never through the data API.
create schema if not exists local_supabase;
create table if not exists local_supabase.mails (
  id bigint generated always as identity primary key,
  recipient text not null,
  subject text not null,
  body_text text,
  body_html text,
  sent_at timestamptz not null default now()
);
