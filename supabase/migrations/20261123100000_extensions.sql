-- On hosted Supabase the schema "extensions" exists and belongs to the platform.
create extension if not exists pg_trgm with schema extensions;

-- Helpers that only other functions call. It is not among the schemas the REST interface exposes.
create schema private;
revoke all on schema private from public;

-- The platform grants everything in "public" to the API roles; here a table or function is closed until opened.
alter default privileges in schema public revoke all on tables from anon, authenticated;
alter default privileges in schema public revoke all on sequences from anon, authenticated;
alter default privileges in schema public revoke execute on functions from anon, authenticated;
