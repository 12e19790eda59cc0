-- An event stays one row, but what makes it surer is kept: news of the funding behind an allotment that was told before.
create or replace function private.save_signals(p_jobs jsonb) returns void
language sql set search_path = '' as $$
  insert into public.buying_signals as b (company_id, type, title, event_date, strength, confidence, evidence,
    why_it_matters, expires_on, dedupe_key, source)
  select distinct on (s.dedupe_key) j ->> 'company_id', s.type, s.title, s.event_date, s.strength, s.confidence,
    s.evidence, s.why_it_matters, s.expires_on, s.dedupe_key, s.source
  from jsonb_array_elements(p_jobs) j
  cross join lateral jsonb_to_recordset(j #> '{effects,signals}') s(type text, title text, event_date date,
    strength text, confidence double precision, evidence jsonb, why_it_matters text, expires_on date, dedupe_key text,
    source text)
  order by s.dedupe_key, s.confidence desc
  on conflict (dedupe_key) do update
  set title = excluded.title, strength = excluded.strength, confidence = excluded.confidence,
      evidence = excluded.evidence, why_it_matters = excluded.why_it_matters
  where excluded.confidence > b.confidence;
$$;
