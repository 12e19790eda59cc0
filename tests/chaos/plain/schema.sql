-- Tables as an application that follows Bull's tutorial has them.
create schema plain;
create table plain.users (id uuid primary key, research_limit integer not null, used integer not null default 0);
create table plain.reports (id bigserial primary key, job_id text, user_id uuid, company_id text, sections jsonb);
create table plain.scores (id bigserial primary key, job_id text, company_id text, overall integer);
create table plain.signals (id bigserial primary key, company_id text, event_date text, title text);
create table plain.notifications (id bigserial primary key, user_id uuid, job_id text, title text);
-- Not part of such an application: the harness' record of who ran what when.
create table plain.runs (
  id bigserial primary key, job_id text not null, pid integer not null, outcome text,
  started_at timestamptz not null, ended_at timestamptz
);
