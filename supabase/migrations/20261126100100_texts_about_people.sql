-- Reports lose the names of people after six months, unless their owner keeps them.
alter table public.research_reports
  add column names_kept boolean not null default false,
  add column names_removed_at timestamptz;
create index research_reports_names_idx on public.research_reports (coalesce(generated_at, created_at))
  where names_removed_at is null and not names_kept;

-- Everything that was written about a company and may name people, one row each.
create view private.texts_about_people as
  select 'report' as kind, r.id::text as key, r.company_id, r.document as value
  from public.research_reports r where r.document is not null
  union all
  select 'section', s.report_id || '/' || s.section_id, r.company_id, s.document
  from public.report_sections s join public.research_reports r on r.id = s.report_id
  union all
  select 'signal', b.id::text, b.company_id,
    jsonb_build_object('title', b.title, 'evidence', b.evidence, 'why_it_matters', b.why_it_matters)
  from public.buying_signals b
  union all
  select 'fact', f.company_id || '/' || f.field, f.company_id,
    jsonb_build_object('value', f.value, 'evidence', f.evidence)
  from public.company_facts f
  union all
  select 'score', l.id::text, l.company_id, l.document from public.lead_scores l
  union all
  select 'notification', n.id::text, n.body ->> 'company_id', jsonb_build_object('title', n.title, 'body', n.body)
  from public.notifications n
  union all
  select 'result', j.id, j.company_id, j.result
  from public.jobs j where j.state = 'completed' and j.result ? 'signals';
revoke all on private.texts_about_people from public, anon, authenticated;

-- Companies about which anything was written, in order, from after the given one on.
create function public.companies_with_texts(p_after text, p_limit integer)
returns text[] language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(c.company_id order by c.company_id), '{}')
  from (select distinct j.company_id from public.jobs j where j.company_id > p_after order by 1 limit p_limit) c;
$$;

-- Texts about some companies that match all patterns (of LIKE, in any case), in order of kind and key, from after the
-- given one on. Returns [{kind, key, md5, value}]; the md5 is of the value as it was.
create function public.find_texts_about_people(p_patterns text[], p_company_ids text[], p_after_kind text, p_after_key text,
  p_limit integer)
returns jsonb language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(to_jsonb(f) order by f.kind, f.key), '[]')
  from (
    select t.kind, t.key, md5(t.value::text) as md5, t.value
    from private.texts_about_people t
    where t.company_id = any (p_company_ids) and (t.kind, t.key) > (p_after_kind, p_after_key)
      and normalize(t.value::text) ilike all (p_patterns)
    order by t.kind, t.key limit p_limit
  ) f;
$$;

-- Puts a text in the place of one that is still as it was. Returns whether it was.
create function public.replace_text_about_people(p_kind text, p_key text, p_md5 text, p_value jsonb)
returns boolean language plpgsql security definer set search_path = '' as $$
declare
  v_owner text := split_part(p_key, '/', 1);
  v_part text := substr(p_key, length(split_part(p_key, '/', 1)) + 2);
begin
  if not exists (select from private.texts_about_people t
      where t.kind = p_kind and t.key = p_key and md5(t.value::text) = p_md5) then
    return false;
  end if;
  case p_kind
    when 'report' then update public.research_reports set document = p_value where id = v_owner::uuid;
    when 'section' then
      update public.report_sections set document = p_value where report_id = v_owner::uuid and section_id = v_part;
    when 'signal' then
      update public.buying_signals set title = p_value ->> 'title', evidence = p_value -> 'evidence',
        why_it_matters = p_value ->> 'why_it_matters' where id = v_owner::bigint;
    when 'fact' then
      update public.company_facts set value = p_value -> 'value', evidence = p_value -> 'evidence'
      where company_id = v_owner and field = v_part;
    when 'score' then update public.lead_scores set document = p_value where id = v_owner::bigint;
    when 'notification' then
      update public.notifications set title = p_value ->> 'title', body = p_value -> 'body' where id = v_owner::bigint;
    when 'result' then update public.jobs set result = p_value where id = p_key;
  end case;
  return true;
end $$;

-- Reports that are older than an instant and still name people that nobody wants kept, oldest first.
-- Returns [{id, texts: [{kind, key, md5, value}]}]: the document, or the sections of a report that was not finished.
create function public.reports_to_anonymise(p_before timestamptz, p_limit integer)
returns jsonb language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'texts', (
      select coalesce(jsonb_agg(jsonb_build_object('kind', t.kind, 'key', t.key, 'md5', md5(t.value::text),
        'value', t.value) order by t.kind, t.key), '[]')
      from private.texts_about_people t
      where t.kind = 'report' and t.key = o.id::text
        or t.kind = 'section' and t.key in
          (select s.report_id || '/' || s.section_id from public.report_sections s where s.report_id = o.id)
    ))), '[]')
  from (
    select r.id from public.research_reports r
    where coalesce(r.generated_at, r.created_at) < p_before and r.names_removed_at is null and not r.names_kept
      and r.status not in ('pending', 'running')
    order by coalesce(r.generated_at, r.created_at) limit p_limit
  ) o;
$$;

-- Saves the texts of a report without names, unless its owner has decided to keep them meanwhile.
-- Returns whether it was done; not when a text has changed since it was read.
create function public.save_report_without_names(p_report_id uuid, p_texts jsonb)
returns boolean language plpgsql security definer set search_path = '' as $$
declare
  v_text jsonb;
begin
  perform from public.research_reports r
  where r.id = p_report_id and r.names_removed_at is null and not r.names_kept for update;
  if not found then return false; end if;
  for v_text in select value from jsonb_array_elements(p_texts) loop
    if not public.replace_text_about_people(v_text ->> 'kind', v_text ->> 'key', v_text ->> 'md5', v_text -> 'value') then
      raise exception 'a text of report % has changed', p_report_id using errcode = '40001';
    end if;
  end loop;
  update public.research_reports set names_removed_at = now() where id = p_report_id;
  return true;
end $$;

-- Keeps the names in a report of the user's for longer than six months, or no longer.
-- Raises OP404 not_found, OP409 names_removed when they are gone.
create function public.keep_report_names(p_report_id uuid, p_user_id uuid, p_kept boolean)
returns void language plpgsql security definer set search_path = '' as $$
declare
  v_report public.research_reports;
begin
  select * into v_report from public.research_reports r
  where r.id = p_report_id and r.user_id = p_user_id and r.status not in ('pending', 'running') for update;
  if not found then raise exception 'not_found' using errcode = 'OP404'; end if;
  if v_report.names_kept = p_kept then return; end if;
  if v_report.names_removed_at is not null then raise exception 'names_removed' using errcode = 'OP409'; end if;
  update public.research_reports set names_kept = p_kept where id = p_report_id;
  insert into public.audit_log (actor_id, action, target, after)
  values (p_user_id, 'report.names_kept', p_report_id, jsonb_build_object('names_kept', p_kept));
end $$;

revoke execute on function public.companies_with_texts(text, integer) from public, anon, authenticated;
revoke execute on function public.find_texts_about_people(text[], text[], text, text, integer) from public, anon, authenticated;
revoke execute on function public.replace_text_about_people(text, text, text, jsonb) from public, anon, authenticated;
revoke execute on function public.reports_to_anonymise(timestamptz, integer) from public, anon, authenticated;
revoke execute on function public.save_report_without_names(uuid, jsonb) from public, anon, authenticated;
revoke execute on function public.keep_report_names(uuid, uuid, boolean) from public, anon, authenticated;
grant execute on function public.companies_with_texts(text, integer) to service_role;
grant execute on function public.find_texts_about_people(text[], text[], text, text, integer) to service_role;
grant execute on function public.replace_text_about_people(text, text, text, jsonb) to service_role;
grant execute on function public.reports_to_anonymise(timestamptz, integer) to service_role;
grant execute on function public.save_report_without_names(uuid, jsonb) to service_role;
grant execute on function public.keep_report_names(uuid, uuid, boolean) to service_role;
