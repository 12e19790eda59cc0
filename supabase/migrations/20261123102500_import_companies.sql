-- Adds or renews companies from rows of the register's bulk file, given as objects with the columns below and, if
-- known, `as_of` (the file's date). Demo companies are left alone. A row that was read from the register itself
-- (register_read_at) is only completed, unless the file is newer. Of rows with the same id in one call the last counts.
-- Returns {inserted, updated, unchanged}.
create function public.import_companies(p_rows jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_inserted integer;
  v_updated integer;
begin
  with incoming as (
    select distinct on (i.id) i.*
    from jsonb_array_elements(p_rows) with ordinality as r(item, n)
    cross join lateral jsonb_to_record(r.item) as i(id text, name text, status text, status_detail text,
      company_type text, jurisdiction text, country_of_origin text, incorporated_on date, dissolved_on date,
      address jsonb, locality text, postal_code text, sic_codes text[], accounts_category text,
      accounts_made_up_to date, accounts_next_due date, confirmation_made_up_to date, confirmation_next_due date,
      charges_total integer, charges_outstanding integer, previous_names jsonb, as_of date)
    order by i.id, r.n desc
  ), prepared as (
    select i.id, jsonb_build_object(
      'name', i.name, 'status', i.status, 'status_detail', i.status_detail, 'company_type', i.company_type,
      'jurisdiction', coalesce(i.jurisdiction, c.jurisdiction), 'country_of_origin', i.country_of_origin,
      'incorporated_on', i.incorporated_on, 'dissolved_on', i.dissolved_on,
      'address', coalesce(jsonb_strip_nulls(nullif(i.address, 'null')), '{}'),
      'locality', coalesce(i.locality, i.address ->> 'locality'),
      'postal_code', coalesce(i.postal_code, i.address ->> 'postal_code'),
      'sic_codes', coalesce(i.sic_codes, '{}'), 'accounts_category', i.accounts_category,
      'accounts_made_up_to', i.accounts_made_up_to, 'accounts_next_due', i.accounts_next_due,
      'confirmation_made_up_to', i.confirmation_made_up_to, 'confirmation_next_due', i.confirmation_next_due,
      'charges_total', i.charges_total, 'charges_outstanding', i.charges_outstanding,
      'previous_names', coalesce(nullif(i.previous_names, 'null'), '[]')
    ) as bulk,
    case when c.register_read_at is not null and coalesce(i.as_of <= c.register_read_at, true)
         then jsonb_strip_nulls(to_jsonb(c)) else '{}' end as kept
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
    from prepared p cross join lateral jsonb_populate_record(null::public.companies, p.bulk || p.kept) n
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
