-- Who controls a company, from the register's daily snapshot: what is needed to see groups of companies offline. Day and
-- month of birth, nationality and addresses of people are in the snapshot and are not kept.
create table public.persons_with_significant_control (
  company_number text not null references public.companies (id) on delete cascade,
  -- Kind and id within the company, as the register's own links end: 'individual/bIhuKnMFctSn...'.
  psc_id text not null check (psc_id <> ''),
  kind text not null,
  -- Null where the register protects the person's details, and for exemptions and statements.
  name text,
  natures_of_control text[] not null default '{}',
  notified_on date,
  ceased_on date,
  -- Of companies: as the register of their country numbers them; British numbers have eight characters.
  registration_number text,
  place_registered text,
  legal_form text,
  -- Day of the snapshot that says so.
  snapshot_on date,
  imported_at timestamptz not null default now(),
  primary key (company_number, psc_id)
);
create index persons_with_significant_control_registration_idx
  on public.persons_with_significant_control (registration_number) where registration_number is not null;

-- Only workers read it; what a report shows comes with its citation.
alter table public.persons_with_significant_control enable row level security;
revoke all on table public.persons_with_significant_control from anon, authenticated;
grant all on table public.persons_with_significant_control to service_role;

-- Adds or renews entries: objects with the columns above. Those of companies that are not in the workspace are passed
-- over; an older snapshot does not replace what a newer one said. Of several with the same id in one call the last
-- counts. Returns {inserted, updated, unchanged, unknown}.
create function public.import_persons_with_significant_control(p_rows jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_inserted integer;
  v_updated integer;
  v_known integer;
begin
  with incoming as (
    select distinct on (r.company_number, r.psc_id) r.*
    from jsonb_array_elements(p_rows) with ordinality as e(item, n)
    cross join lateral jsonb_populate_record(null::public.persons_with_significant_control, e.item) r
    where exists (select 1 from public.companies c where c.id = r.company_number)
    order by r.company_number, r.psc_id, e.n desc
  ), written as (
    insert into public.persons_with_significant_control as p (company_number, psc_id, kind, name, natures_of_control,
      notified_on, ceased_on, registration_number, place_registered, legal_form, snapshot_on)
    select i.company_number, i.psc_id, i.kind, i.name, coalesce(i.natures_of_control, '{}'), i.notified_on, i.ceased_on,
      i.registration_number, i.place_registered, i.legal_form, i.snapshot_on
    from incoming i
    on conflict (company_number, psc_id) do update
    set kind = excluded.kind, name = excluded.name, natures_of_control = excluded.natures_of_control,
      notified_on = excluded.notified_on, ceased_on = excluded.ceased_on,
      registration_number = excluded.registration_number, place_registered = excluded.place_registered,
      legal_form = excluded.legal_form, snapshot_on = excluded.snapshot_on, imported_at = now()
    where coalesce(excluded.snapshot_on >= p.snapshot_on, true)
      and (p.kind, p.name, p.natures_of_control, p.notified_on, p.ceased_on, p.registration_number, p.place_registered,
        p.legal_form)
      is distinct from (excluded.kind, excluded.name, excluded.natures_of_control, excluded.notified_on,
        excluded.ceased_on, excluded.registration_number, excluded.place_registered, excluded.legal_form)
    -- A row version without an updater is new.
    returning (p.xmax = 0) as is_new
  )
  select count(*) filter (where is_new), count(*) filter (where not is_new),
    (select count(*) from jsonb_array_elements(p_rows) r(item)
     where exists (select 1 from public.companies c where c.id = r.item ->> 'company_number'))
  into v_inserted, v_updated, v_known from written;
  return jsonb_build_object('inserted', v_inserted, 'updated', v_updated,
    'unchanged', v_known - v_inserted - v_updated, 'unknown', jsonb_array_length(p_rows) - v_known);
end $$;

revoke execute on function public.import_persons_with_significant_control(jsonb) from public, anon, authenticated;
grant execute on function public.import_persons_with_significant_control(jsonb) to service_role;
