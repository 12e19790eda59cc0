-- Companies by number, by the beginning of the name, by words in the name and, where those find nothing, by likeness
-- (typing mistakes). Rank: 4 the number itself, 3 its beginning, 2 the beginning of the name, 1 to 2 all words,
-- below 1 likeness. An empty query lists by name. At most 1,000 candidates by words and by likeness are looked at.
create function public.search_companies(
  p_query text default null, p_status text default null, p_sic text default null,
  p_limit integer default 25, p_offset integer default 0
) returns table (
  id text, company_number text, name text, status text, status_detail text, company_type text, jurisdiction text,
  country_of_origin text, incorporated_on date, dissolved_on date, address jsonb, locality text, postal_code text,
  sic_codes text[], accounts_category text, accounts_made_up_to date, accounts_next_due date,
  confirmation_made_up_to date, confirmation_next_due date, charges_total integer, charges_outstanding integer,
  previous_names jsonb, is_demo boolean, completeness numeric, enriched_at timestamptz, register_read_at timestamptz,
  created_at timestamptz, updated_at timestamptz, rank real
)
-- Each set of filters deserves its own plan, and none of them a walk through the whole table.
language plpgsql stable security invoker set search_path = '' set plan_cache_mode = force_custom_plan
set enable_seqscan = off as $$
declare
  v_name text := upper(btrim(regexp_replace(coalesce(p_query, ''), '\s+', ' ', 'g')));
  v_number text := case when v_name ~ '^[A-Z0-9]{1,8}$' and v_name ~ '[0-9]' then v_name end;
  v_status text := nullif(p_status, '');
  v_sic text[] := case when p_sic <> '' then array[p_sic] end;
  v_offset integer := least(greatest(p_offset, 0), 10000);
  v_limit integer := least(greatest(p_limit, 1), 101);
  v_words text[] := string_to_array(regexp_replace(v_name, '([\\%_])', '\\\1', 'g'), ' ');
  v_longest text;
begin
  select '%' || w || '%' into v_longest from unnest(v_words) w order by length(w) desc limit 1;
  v_words := array(select '%' || w || '%' from unnest(v_words) w);
  -- A mistake in each of two short words leaves two fifths of the trigrams.
  -- Not a SET clause of the function: hosted Supabase does not allow that one.
  perform set_config('pg_trgm.word_similarity_threshold', '0.4', true);

  return query
  with numbered as (
    select c.id, (case when c.id = lpad(v_number, 8, '0') then 4 else 3 end)::real as rank
    from public.companies c
    where (c.id = lpad(v_number, 8, '0') or c.id between rpad(v_number, 8, '0') and rpad(v_number, 8, 'Z'))
      and (v_status is null or c.status = v_status) and (v_sic is null or c.sic_codes @> v_sic)
    order by c.id limit v_offset + v_limit
  ), prefixed as (
    select c.id, (case when v_name = '' then 0 else 2 end)::real as rank
    from public.companies c
    where upper(c.name) collate "C" >= v_name and upper(c.name) collate "C" < v_name || chr(1114111)
      and (v_status is null or c.status = v_status) and (v_sic is null or c.sic_codes @> v_sic)
    order by upper(c.name) collate "C", c.id limit v_offset + v_limit
  ), with_words as materialized (
    select c.id, c.name from public.companies c
    -- Less than three letters or digits in a row give the index nothing to look up.
    where v_longest ~ '[[:alnum:]]{3}' and c.name ilike v_longest and c.name ilike all (v_words)
      and (v_status is null or c.status = v_status) and (v_sic is null or c.sic_codes @> v_sic)
      and (select count(*) from prefixed) < v_offset + v_limit
  ), worded as materialized (
    select w.id, (1 + extensions.similarity(w.name, v_name))::real as rank from (select * from with_words limit 1000) w
  ), alike as materialized (
    select c.id, c.name from public.companies c
    where v_name <> '' and c.name operator(extensions.%>) v_name
      and (v_status is null or c.status = v_status) and (v_sic is null or c.sic_codes @> v_sic)
      and (select count(*) from numbered) + (select count(*) from prefixed) + (select count(*) from worded) = 0
  ), likened as (
    select a.id, (0.9 * extensions.word_similarity(v_name, a.name) + 0.09 * extensions.similarity(v_name, a.name))::real
      as rank
    from (select * from alike limit 1000) a
  ), found as (
    select f.id, max(f.rank) as rank
    from (table numbered union all table prefixed union all table worded union all table likened) f group by f.id
  )
  select c.id, c.company_number, c.name, c.status, c.status_detail, c.company_type, c.jurisdiction, c.country_of_origin,
    c.incorporated_on, c.dissolved_on, c.address, c.locality, c.postal_code, c.sic_codes, c.accounts_category,
    c.accounts_made_up_to, c.accounts_next_due, c.confirmation_made_up_to, c.confirmation_next_due, c.charges_total,
    c.charges_outstanding, c.previous_names, c.is_demo, c.completeness, c.enriched_at, c.register_read_at, c.created_at,
    c.updated_at, f.rank
  from found f join public.companies c on c.id = f.id
  order by f.rank desc, upper(c.name) collate "C", c.id
  limit v_limit offset v_offset;
end $$;

revoke execute on function public.search_companies(text, text, text, integer, integer) from public, anon;
grant execute on function public.search_companies(text, text, text, integer, integer) to authenticated, service_role;
