-- What a reader wants put first, in one form whether it was left out, null or empty.
create function private.wishes_of(p_payload jsonb) returns jsonb
language sql immutable set search_path = '' as $$
  select jsonb_build_array(
    coalesce(nullif(p_payload -> 'focus_areas', 'null'), '[]'), coalesce(btrim(p_payload ->> 'user_context'), ''));
$$;

-- A fresh report answers a request only if it was written for the same wishes; a request without any takes each.
create function private.find_fresh_report(p_user_id uuid, p_company_id text, p_fresh_for_seconds integer, p_payload jsonb)
returns uuid language sql stable set search_path = '' as $$
  select r.id from public.research_reports r join public.jobs j on j.id = r.job_id
  where r.user_id = p_user_id and r.company_id = p_company_id and r.status in ('complete', 'partial')
    and r.generated_at > now() - make_interval(secs => p_fresh_for_seconds)
    and (private.wishes_of(p_payload) = private.wishes_of('{}')
      or private.wishes_of(p_payload) = private.wishes_of(j.payload))
  order by r.generated_at desc limit 1;
$$;

-- As before, with the wishes.
create or replace function public.submit_job(p_request jsonb) returns jsonb
language plpgsql security definer set search_path = '' set timezone = 'UTC' as $$
declare
  v_user_id uuid := p_request ->> 'user_id';
  v_queue text := p_request ->> 'queue';
  v_company_id text := p_request ->> 'company_id';
  v_company_name text;
  v_key public.idempotency_keys;
  v_job public.jobs;
  v_inserted record;
  v_report_id uuid;
begin
  select c.name into v_company_name from public.companies c where c.id = v_company_id;
  if not found then raise exception 'company_not_found' using errcode = 'OP404'; end if;
  if v_user_id is not null and not exists (select from public.profiles p where p.id = v_user_id) then
    raise exception 'unauthenticated' using errcode = 'OP401';
  end if;

  if v_user_id is not null and p_request ->> 'idempotency_key' is not null then
    v_key := private.claim_idempotency_key(
      v_user_id, p_request ->> 'idempotency_key', coalesce(p_request ->> 'request_hash', ''), v_queue, v_company_id);
    if v_key.job_id is not null then
      select * into v_job from public.jobs j where j.id = v_key.job_id;
      return private.submission('replayed', v_job, null, p_request);
    elsif v_key.report_id is not null then
      return private.submission('cached', null, v_key.report_id, p_request);
    end if;
  end if;

  -- In flight before fresh: a job that ends between the two is then seen as its report.
  v_job := private.find_in_flight(v_user_id, v_queue, v_company_id);
  if v_job.id is not null then return private.submission('deduplicated', v_job, null, p_request); end if;
  if (p_request ->> 'creates_report')::boolean and not coalesce((p_request ->> 'force')::boolean, false) then
    v_report_id := private.find_fresh_report(v_user_id, v_company_id, (p_request ->> 'fresh_for_seconds')::integer,
      p_request -> 'payload');
    if v_report_id is not null then return private.submission('cached', null, v_report_id, p_request); end if;
  end if;

  perform private.refuse_when_full(v_queue, (p_request ->> 'queue_limit')::integer);
  select i.r_job, i.r_is_new into v_inserted from private.insert_job(p_request, v_company_name) i;
  v_job := v_inserted.r_job;
  if not v_inserted.r_is_new then return private.submission('deduplicated', v_job, null, p_request); end if;
  v_job := private.equip_job(v_job, p_request);
  perform private.record_event(v_job, 'submitted');
  return private.submission('accepted', v_job, null, p_request);
end $$;

drop function private.find_fresh_report(uuid, text, integer);
revoke execute on function private.find_fresh_report(uuid, text, integer, jsonb) from public;
revoke execute on function private.wishes_of(jsonb) from public;
