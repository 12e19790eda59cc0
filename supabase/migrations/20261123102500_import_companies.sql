-- Adds or renews companies from rows of the register's bulk file: objects with `id` and columns of `companies`, and, if
-- known, `as_of` (the file's date). A column that a row does not have stays as it is. Demo companies are left alone. A
-- row that was read from the register itself (register_read_at) is only completed, unless the file is newer. Of rows
-- with the same id in one call the last counts. Returns {inserted, updated, unchanged}.
create function public.import_companies(p_rows jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_empty constant jsonb := '{"address": {}, "sic_codes": [], "previous_names": []}';
  v_inserted integer;
  v_updated integer;
begin
  with incoming as (
    select distinct on (r.item ->> 'id') r.item ->> 'id' as id, (r.item ->> 'as_of')::date as as_of,
      case when jsonb_typeof(r.item -> 'address') = 'object'
           then jsonb_build_object('address', jsonb_strip_nulls(r.item -> 'address'),
             'locality', r.item #> '{address,locality}', 'postal_code', r.item #> '{address,postal_code}')
           else '{}' end as place,
      -- What must not be null is left out instead.
      r.item - array(select k from jsonb_object_keys(v_empty) k where jsonb_typeof(r.item -> k) = 'null') as given
    from jsonb_array_elements(p_rows) with ordinality as r(item, n)
    order by r.item ->> 'id', r.n desc
  ), prepared as (
    select i.id, v_empty || coalesce(to_jsonb(c), '{}') || i.place || (i.given - array['address'])
      || case when c.register_read_at is not null and coalesce(i.as_of <= c.register_read_at, true)
              then jsonb_strip_nulls(to_jsonb(c)) else '{}' end as company
    from incoming i left join public.companies c on c.id = i.id
  ), written as (
    insert into public.companies as c (id, name, status, status_detail, company_type, jurisdiction, country_of_origin,
      incorporated_on, dissolved_on, address, locality, postal_code, sic_codes, accounts_category, accounts_made_up_to,
      accounts_next_due, confirmation_made_up_to, confirmation_next_due, charges_total, charges_outstanding,
      previous_names)
    select p.id, n.name, n.status, n.status_detail, n.company_type, n.jurisdiction, n.country_of_origin,
      n.incorporated_on, n.dissolved_on, n.address, n.locality, n.postal_code, n.sic_codes, n.accounts_category,
      n.accounts_made_up_to, n.accounts_next_due, n.confirmation_made_up_to, n.confirmation_next_due, n.charges_total,
      n.charges_outstanding, n.previous_names
    from prepared p cross join lateral jsonb_populate_record(null::public.companies, p.company) n
    order by p.id
    on conflict (id) do update
    set name = excluded.name, status = excluded.status, status_detail = excluded.status_detail,
      company_type = excluded.company_type, jurisdiction = excluded.jurisdiction,
      country_of_origin = excluded.country_of_origin, incorporated_on = excluded.incorporated_on,
      dissolved_on = excluded.dissolved_on, address = excluded.address, locality = excluded.locality,
      postal_code = excluded.postal_code, sic_codes = excluded.sic_codes,
      accounts_category = excluded.accounts_category, accounts_made_up_to = excluded.accounts_made_up_to,
      accounts_next_due = excluded.accounts_next_due, confirmation_made_up_to = excluded.confirmation_made_up_to,
      confirmation_next_due = excluded.confirmation_next_due, charges_total = excluded.charges_total,
      charges_outstanding = excluded.charges_outstanding, previous_names = excluded.previous_names, updated_at = now()
    where not c.is_demo and (c.name, c.status, c.status_detail, c.company_type, c.jurisdiction, c.country_of_origin,
        c.incorporated_on, c.dissolved_on, c.address, c.locality, c.postal_code, c.sic_codes, c.accounts_category,
        c.accounts_made_up_to, c.accounts_next_due, c.confirmation_made_up_to, c.confirmation_next_due, c.charges_total,
        c.charges_outstanding, c.previous_names)
      is distinct from (excluded.name, excluded.status, excluded.status_detail, excluded.company_type,
        excluded.jurisdiction, excluded.country_of_origin, excluded.incorporated_on, excluded.dissolved_on,
        excluded.address, excluded.locality, excluded.postal_code, excluded.sic_codes, excluded.accounts_category,
        excluded.accounts_made_up_to, excluded.accounts_next_due, excluded.confirmation_made_up_to,
        excluded.confirmation_next_due, excluded.charges_total, excluded.charges_outstanding, excluded.previous_names)
    -- A row version without an updater is new.
    returning (c.xmax = 0) as is_new
  )
  select count(*) filter (where is_new), count(*) filter (where not is_new) into v_inserted, v_updated from written;
  return jsonb_build_object('inserted', v_inserted, 'updated', v_updated,
    'unchanged', jsonb_array_length(p_rows) - v_inserted - v_updated);
end $$;

revoke execute on function public.import_companies(jsonb) from public, anon, authenticated;
grant execute on function public.import_companies(jsonb) to service_role;
