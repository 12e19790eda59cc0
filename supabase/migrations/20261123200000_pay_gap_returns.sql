-- Gender pay gap returns from the official yearly exports, by company number and reporting year (2021: "2021 to 2022").
-- The exports hold employers that no table of ours knows, so there is no reference to companies.
create table public.pay_gap_returns (
  company_number text not null check (company_number ~ '^[A-Z0-9]{8}$'),
  reporting_year integer not null check (reporting_year between 2016 and 2100),
  employer_name text not null,
  -- The service's own id of the employer, which its page is named by; exports before 2020 have none.
  employer_id text,
  -- As the export words it, such as '250 to 499'; null where the employer did not say.
  size_band text,
  -- Percent of men's pay; negative where women are paid more. Null where there were no bonuses.
  mean_hourly_percent numeric,
  median_hourly_percent numeric,
  mean_bonus_percent numeric,
  median_bonus_percent numeric,
  -- Name and title of who answers for the return, as published.
  responsible_person text,
  report_url text,
  submitted_on date,
  submitted_late boolean not null,
  imported_at timestamptz not null default now(),
  primary key (company_number, reporting_year)
);
create index pay_gap_returns_year_idx on public.pay_gap_returns (reporting_year);

-- Only workers read it; what a report shows comes with its citation.
alter table public.pay_gap_returns enable row level security;
revoke all on table public.pay_gap_returns from anon, authenticated;
grant all on table public.pay_gap_returns to service_role;

-- Adds or renews returns: objects with the columns above. Of several for one company and year the one submitted last
-- counts. Returns {inserted, updated, unchanged}.
create function public.import_pay_gap_returns(p_rows jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_inserted integer;
  v_updated integer;
begin
  with incoming as (
    select distinct on (r.company_number, r.reporting_year) r.*
    from jsonb_populate_recordset(null::public.pay_gap_returns, p_rows) r
    order by r.company_number, r.reporting_year, r.submitted_on desc nulls last
  ), written as (
    insert into public.pay_gap_returns as p (company_number, reporting_year, employer_name, employer_id, size_band,
      mean_hourly_percent, median_hourly_percent, mean_bonus_percent, median_bonus_percent, responsible_person, report_url, submitted_on,
      submitted_late)
    select i.company_number, i.reporting_year, i.employer_name, i.employer_id, i.size_band, i.mean_hourly_percent,
      i.median_hourly_percent, i.mean_bonus_percent, i.median_bonus_percent, i.responsible_person, i.report_url,
      i.submitted_on, i.submitted_late
    from incoming i
    on conflict (company_number, reporting_year) do update
    set employer_name = excluded.employer_name, employer_id = excluded.employer_id, size_band = excluded.size_band,
      mean_hourly_percent = excluded.mean_hourly_percent, median_hourly_percent = excluded.median_hourly_percent,
      mean_bonus_percent = excluded.mean_bonus_percent, median_bonus_percent = excluded.median_bonus_percent,
      responsible_person = excluded.responsible_person, report_url = excluded.report_url,
      submitted_on = excluded.submitted_on, submitted_late = excluded.submitted_late, imported_at = now()
    where coalesce(excluded.submitted_on >= p.submitted_on, true)
      and (p.employer_name, p.employer_id, p.size_band, p.mean_hourly_percent, p.median_hourly_percent, p.mean_bonus_percent,
        p.median_bonus_percent, p.responsible_person, p.report_url, p.submitted_on, p.submitted_late)
      is distinct from (excluded.employer_name, excluded.employer_id, excluded.size_band, excluded.mean_hourly_percent,
        excluded.median_hourly_percent, excluded.mean_bonus_percent, excluded.median_bonus_percent,
        excluded.responsible_person, excluded.report_url, excluded.submitted_on, excluded.submitted_late)
    -- A row version without an updater is new.
    returning (p.xmax = 0) as is_new
  )
  select count(*) filter (where is_new), count(*) filter (where not is_new) into v_inserted, v_updated from written;
  return jsonb_build_object('inserted', v_inserted, 'updated', v_updated,
    'unchanged', jsonb_array_length(p_rows) - v_inserted - v_updated);
end $$;

-- The returns of a company, newest first, with the years that were imported at all and when that last happened: without
-- them "not in there" could not be told from "never looked".
create function public.pay_gap_returns_of(p_company_number text) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'years', coalesce((select jsonb_agg(y.reporting_year order by y.reporting_year)
                       from (select distinct reporting_year from public.pay_gap_returns) y), '[]'),
    'imported_at', (select max(imported_at) from public.pay_gap_returns),
    'returns', coalesce((select jsonb_agg(to_jsonb(r) - array['company_number', 'imported_at'] order by r.reporting_year desc)
                         from public.pay_gap_returns r where r.company_number = p_company_number), '[]'));
$$;

revoke execute on function public.import_pay_gap_returns(jsonb) from public, anon, authenticated;
grant execute on function public.import_pay_gap_returns(jsonb) to service_role;
revoke execute on function public.pay_gap_returns_of(text) from public, anon, authenticated;
grant execute on function public.pay_gap_returns_of(text) to service_role;
