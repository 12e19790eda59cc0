-- What completed jobs write. Each function takes the jobs of one group as
-- [{job_id, user_id, company_id, report_id, effects}] and writes all of them in one statement.

create function private.save_reports(p_jobs jsonb) returns void
language plpgsql set search_path = '' as $$
begin
  if exists (select from jsonb_array_elements(p_jobs) j
             where j ->> 'report_id' is not null and j #> '{effects,report,document}' is null) then
    raise exception 'a completed job has to deliver its report' using errcode = '22004';
  end if;
  update public.research_reports r
  set document = e.document, status = e.status, coverage = e.coverage, confidence = e.confidence,
      sections_complete = e.sections_complete, total_sources = e.total_sources, generated_at = e.generated_at,
      updated_at = now()
  from jsonb_array_elements(p_jobs) j
  cross join lateral jsonb_to_record(j #> '{effects,report}') e(document jsonb, status text,
    coverage double precision, confidence double precision, sections_complete integer, total_sources integer,
    generated_at timestamptz)
  where r.id = (j ->> 'report_id')::uuid;
end $$;

create function private.save_signals(p_jobs jsonb) returns void
language sql set search_path = '' as $$
  insert into public.buying_signals (company_id, type, title, event_date, strength, confidence, evidence, why_it_matters,
    expires_on, dedupe_key, source)
  select j ->> 'company_id', s.type, s.title, s.event_date, s.strength, s.confidence, s.evidence, s.why_it_matters,
    s.expires_on, s.dedupe_key, s.source
  from jsonb_array_elements(p_jobs) j
  cross join lateral jsonb_to_recordset(j #> '{effects,signals}') s(type text, title text, event_date date,
    strength text, confidence double precision, evidence jsonb, why_it_matters text, expires_on date, dedupe_key text,
    source text)
  order by s.dedupe_key
  on conflict (dedupe_key) do nothing;
$$;

create function private.save_scores(p_jobs jsonb) returns void
language sql set search_path = '' as $$
  insert into public.lead_scores (company_id, user_id, job_id, overall, coverage, document)
  select j ->> 'company_id', (j ->> 'user_id')::uuid, j ->> 'job_id', s.overall, s.coverage, s.document
  from jsonb_array_elements(p_jobs) j
  cross join lateral jsonb_to_record(j #> '{effects,score}') s(overall double precision, coverage double precision,
    document jsonb)
  where jsonb_typeof(j #> '{effects,score}') = 'object';
$$;

create function private.save_facts(p_jobs jsonb) returns void
language sql set search_path = '' as $$
  insert into public.company_facts as f (company_id, field, value, source, evidence, observed_at, confidence)
  select distinct on (j ->> 'company_id', e.field) j ->> 'company_id', e.field, e.value, e.source,
    coalesce(e.evidence, '{}'), e.observed_at, e.confidence
  from jsonb_array_elements(p_jobs) j
  cross join lateral jsonb_to_recordset(j #> '{effects,facts}') e(field text, value jsonb, source text, evidence jsonb,
    observed_at timestamptz, confidence double precision)
  order by j ->> 'company_id', e.field, e.observed_at desc
  on conflict (company_id, field) do update
  set value = excluded.value, source = excluded.source, evidence = excluded.evidence,
      observed_at = excluded.observed_at, confidence = excluded.confidence, updated_at = now()
  where excluded.observed_at >= f.observed_at;
$$;

create function private.save_notifications(p_jobs jsonb) returns void
language sql set search_path = '' as $$
  insert into public.notifications (user_id, kind, title, body, dedupe_key)
  select (j ->> 'user_id')::uuid, n.kind, n.title, coalesce(n.body, '{}'), n.dedupe_key
  from jsonb_array_elements(p_jobs) j
  cross join lateral jsonb_to_recordset(j #> '{effects,notifications}') n(kind text, title text, body jsonb,
    dedupe_key text)
  where j ->> 'user_id' is not null
  order by 1, n.dedupe_key
  on conflict (user_id, dedupe_key) do nothing;
$$;

-- Sets the named columns of companies; a column outside the list is a mistake and says so.
create function private.patch_companies(p_jobs jsonb) returns void
language plpgsql set search_path = '' as $$
declare
  v_allowed constant text[] := array['name', 'status', 'status_detail', 'company_type', 'jurisdiction',
    'country_of_origin', 'incorporated_on', 'dissolved_on', 'address', 'locality', 'postal_code', 'sic_codes',
    'accounts_category', 'accounts_made_up_to', 'accounts_next_due', 'confirmation_made_up_to', 'confirmation_next_due',
    'charges_total', 'charges_outstanding', 'previous_names', 'completeness', 'enriched_at', 'register_read_at'];
  v_patches jsonb;
  v_unknown text;
begin
  select jsonb_object_agg(p.company_id, p.patch), min(p.key) filter (where p.key <> all (v_allowed))
  into v_patches, v_unknown
  from (
    select j ->> 'company_id' as company_id, e.key, jsonb_object_agg(e.key, e.value) over (
      partition by j ->> 'company_id' rows between unbounded preceding and unbounded following) as patch
    from jsonb_array_elements(p_jobs) j cross join lateral jsonb_each(j #> '{effects,company}') e
  ) p;
  if v_patches is null then return; end if;
  if v_unknown is not null then
    raise exception 'companies has no column % that a job may set', v_unknown using errcode = '22023';
  end if;

  perform from public.companies c where c.id in (select jsonb_object_keys(v_patches)) order by c.id for update;
  update public.companies c
  set (name, status, status_detail, company_type, jurisdiction, country_of_origin, incorporated_on, dissolved_on,
       address, locality, postal_code, sic_codes, accounts_category, accounts_made_up_to, accounts_next_due,
       confirmation_made_up_to, confirmation_next_due, charges_total, charges_outstanding, previous_names, completeness,
       enriched_at, register_read_at, updated_at)
    = (select n.name, n.status, n.status_detail, n.company_type, n.jurisdiction, n.country_of_origin, n.incorporated_on,
       n.dissolved_on, n.address, n.locality, n.postal_code, n.sic_codes, n.accounts_category, n.accounts_made_up_to,
       n.accounts_next_due, n.confirmation_made_up_to, n.confirmation_next_due, n.charges_total, n.charges_outstanding,
       n.previous_names, n.completeness, n.enriched_at, n.register_read_at, now()
       from jsonb_populate_record(c, v_patches -> c.id) n)
  where c.id in (select jsonb_object_keys(v_patches));
end $$;

revoke execute on function private.save_reports(jsonb) from public;
revoke execute on function private.save_signals(jsonb) from public;
revoke execute on function private.save_scores(jsonb) from public;
revoke execute on function private.save_facts(jsonb) from public;
revoke execute on function private.save_notifications(jsonb) from public;
revoke execute on function private.patch_companies(jsonb) from public;
