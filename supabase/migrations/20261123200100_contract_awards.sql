-- Public contract awards. Neither service can be asked for one supplier, only for what was published within a span of
-- time: spans are read once, for all companies, and kept for as long as awards are of interest.
create table public.contract_awards (
  -- And where it was asked: what a stand-in answered is never taken for the service's own answer.
  provider text not null,
  ocid text not null,
  award_id text not null,
  -- The supplier within the award: its number, or its name and postcode.
  supplier_key text not null,
  supplier_number text,
  name_key text not null,
  postcode text,
  published_at timestamptz not null,
  document jsonb not null check (jsonb_typeof(document) = 'object'),
  primary key (provider, ocid, award_id, supplier_key)
);
create index contract_awards_number_idx on public.contract_awards (supplier_number, provider);
create index contract_awards_name_idx on public.contract_awards (name_key, postcode, provider);
create index contract_awards_published_idx on public.contract_awards (provider, published_at);

-- Which spans were read. A claimed span is being read by some worker.
create table public.contract_spans (
  provider text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  claimed_until timestamptz,
  read_at timestamptz,
  -- Releases that could not be read.
  damaged integer not null default 0,
  primary key (provider, starts_at)
);

alter table public.contract_awards enable row level security;
revoke all on table public.contract_awards from anon, authenticated;
grant all on table public.contract_awards to service_role;
alter table public.contract_spans enable row level security;
revoke all on table public.contract_spans from anon, authenticated;
grant all on table public.contract_spans to service_role;

-- Claims up to p_limit spans of p_hours that want reading, newest first, and forgets what is older than p_days. A span is
-- read again, every six hours, until it was read an hour after its end. Returns [{starts_at, ends_at}].
create function public.claim_contract_spans(p_provider text, p_now timestamptz, p_hours integer, p_days integer,
  p_limit integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_length constant interval := make_interval(hours => p_hours);
  v_current constant timestamptz := date_bin(v_length, p_now, timestamptz '2020-01-01 00:00:00+00');
  v_claimed jsonb;
begin
  delete from public.contract_spans where provider = p_provider and ends_at < p_now - make_interval(days => p_days + 1);
  delete from public.contract_awards
  where provider = p_provider and published_at < p_now - make_interval(days => p_days + 1);
  with wanted as (
    select s.at from generate_series(v_current, p_now - make_interval(days => p_days) - v_length, -v_length) as s(at)
    left join public.contract_spans c on c.provider = p_provider and c.starts_at = s.at
    where s.at + v_length > p_now - make_interval(days => p_days) and coalesce(c.claimed_until < p_now, true)
      and (c.read_at is null or (c.read_at < c.ends_at + interval '1 hour' and c.read_at < p_now - interval '6 hours'))
    order by s.at desc limit p_limit
  ), claimed as (
    insert into public.contract_spans as c (provider, starts_at, ends_at, claimed_until)
    select p_provider, w.at, w.at + v_length, p_now + interval '2 minutes' from wanted w order by w.at
    on conflict (provider, starts_at) do update set claimed_until = excluded.claimed_until
    where coalesce(c.claimed_until < p_now, true)
    returning c.starts_at, c.ends_at
  )
  select jsonb_agg(jsonb_build_object('starts_at', starts_at, 'ends_at', ends_at) order by starts_at desc)
  into v_claimed from claimed;
  return coalesce(v_claimed, '[]');
end $$;

-- Keeps the awards of a span and marks it as read. Rows are objects with the columns of contract_awards.
create function public.save_contract_span(p_provider text, p_starts_at timestamptz, p_now timestamptz, p_damaged integer,
  p_rows jsonb) returns void
language sql security definer set search_path = '' as $$
  insert into public.contract_awards (provider, ocid, award_id, supplier_key, supplier_number, name_key, postcode,
    published_at, document)
  select distinct on (r.ocid, r.award_id, r.supplier_key) p_provider, r.ocid, r.award_id, r.supplier_key,
    r.supplier_number, r.name_key, r.postcode, r.published_at, r.document
  from jsonb_populate_recordset(null::public.contract_awards, p_rows) r
  order by r.ocid, r.award_id, r.supplier_key, r.published_at desc
  on conflict (provider, ocid, award_id, supplier_key) do update
  set supplier_number = excluded.supplier_number, name_key = excluded.name_key, postcode = excluded.postcode,
    published_at = excluded.published_at, document = excluded.document
  where excluded.published_at >= contract_awards.published_at;
  update public.contract_spans set read_at = p_now, damaged = p_damaged, claimed_until = null
  where provider = p_provider and starts_at = p_starts_at;
$$;

-- The awards to a company, newest first: by its number, or by name and postcode where the award has no number. With the
-- unbroken run of spans, back from the newest, that was read.
create function public.contract_awards_of(p_provider text, p_company_number text, p_name_key text, p_postcode text)
returns jsonb language sql stable security definer set search_path = '' as $$
  with read as (
    select s.*, s.starts_at + (row_number() over (order by s.starts_at desc)) * (s.ends_at - s.starts_at) as run
    from public.contract_spans s where s.provider = p_provider and s.read_at is not null
  ), looked as (
    select min(starts_at) as looked_from, max(least(ends_at, read_at)) as looked_to, max(read_at) as read_at,
      sum(damaged)::integer as damaged
    from read where run = (select run from read order by starts_at desc limit 1)
  ), found as (
    select a.document || jsonb_build_object('matched_by',
      case when a.supplier_number = p_company_number then 'company_number' else 'name_and_postcode' end) as award,
      a.published_at, a.ocid, a.award_id
    from public.contract_awards a
    where a.provider = p_provider and (a.supplier_number = p_company_number
      or (a.supplier_number is null and a.name_key = p_name_key and a.postcode = p_postcode))
  )
  select to_jsonb(looked) || jsonb_build_object('awards', coalesce(
    (select jsonb_agg(f.award order by f.published_at desc, f.ocid, f.award_id) from found f), '[]'))
  from looked;
$$;

revoke execute on function public.claim_contract_spans(text, timestamptz, integer, integer, integer) from public, anon, authenticated;
grant execute on function public.claim_contract_spans(text, timestamptz, integer, integer, integer) to service_role;
revoke execute on function public.save_contract_span(text, timestamptz, timestamptz, integer, jsonb) from public, anon, authenticated;
grant execute on function public.save_contract_span(text, timestamptz, timestamptz, integer, jsonb) to service_role;
revoke execute on function public.contract_awards_of(text, text, text, text) from public, anon, authenticated;
grant execute on function public.contract_awards_of(text, text, text, text) to service_role;
