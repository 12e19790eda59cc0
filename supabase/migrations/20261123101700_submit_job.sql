-- Claims an Idempotency-Key for this transaction. Whoever comes second waits here until the first has ended.
-- Returns null when the key is new (or ended more than 24 hours ago), else the row of the earlier request.
create function private.claim_idempotency_key(
  p_user_id uuid, p_key text, p_request_hash text, p_queue text, p_company_id text
) returns public.idempotency_keys
language plpgsql set search_path = '' as $$
declare
  v_row public.idempotency_keys;
  v_ended_at timestamptz;
begin
  insert into public.idempotency_keys (user_id, key, request_hash, queue, company_id)
  values (p_user_id, p_key, p_request_hash, p_queue, p_company_id) on conflict do nothing;
  if found then return null; end if;

  select * into v_row from public.idempotency_keys k where k.user_id = p_user_id and k.key = p_key for update;
  v_ended_at := v_row.created_at;
  if v_row.job_id is not null then
    select j.finished_at into v_ended_at from public.jobs j where j.id = v_row.job_id;
  end if;
  if v_ended_at < now() - interval '24 hours' then
    update public.idempotency_keys k
    set request_hash = p_request_hash, queue = p_queue, company_id = p_company_id,
        job_id = null, report_id = null, created_at = now()
    where k.user_id = p_user_id and k.key = p_key;
    return null;
  end if;
  if (v_row.request_hash, v_row.queue, v_row.company_id) is distinct from (p_request_hash, p_queue, p_company_id) then
    raise exception 'idempotency_key_reused' using errcode = 'OP422';
  end if;
  return v_row;
end $$;

-- The user's own job for this company and queue that has not ended, if any.
create function private.find_in_flight(p_user_id uuid, p_queue text, p_company_id text) returns public.jobs
language sql stable set search_path = '' as $$
  select j from public.jobs j
  where j.user_id = p_user_id and j.queue = p_queue and j.company_id = p_company_id
    and j.state in ('queued', 'delayed', 'active');
$$;

create function private.find_fresh_report(p_user_id uuid, p_company_id text, p_fresh_for_seconds integer) returns uuid
language sql stable set search_path = '' as $$
  select r.id from public.research_reports r
  where r.user_id = p_user_id and r.company_id = p_company_id and r.status in ('complete', 'partial')
    and r.generated_at > now() - make_interval(secs => p_fresh_for_seconds)
  order by r.generated_at desc limit 1;
$$;

-- Inserts the job under the first free id `<queue>:<company>:<ms>` at or after job_id_ms, unless the same user's job for
-- the company came into flight meanwhile: then that one is returned.
create function private.insert_job(p_request jsonb, p_company_name text, out r_job public.jobs, out r_is_new boolean)
language plpgsql set search_path = '' as $$
declare
  v_wish public.jobs := jsonb_populate_record(null::public.jobs, p_request);
  v_ms bigint := coalesce((p_request ->> 'job_id_ms')::bigint, (extract(epoch from clock_timestamp()) * 1000)::bigint);
begin
  loop
    insert into public.jobs (id, queue, user_id, company_id, company_name, payload, max_attempts, priority)
    values (format('%s:%s:%s', v_wish.queue, v_wish.company_id, v_ms), v_wish.queue, v_wish.user_id, v_wish.company_id,
      coalesce(v_wish.company_name, p_company_name), v_wish.payload, v_wish.max_attempts, coalesce(v_wish.priority, 1))
    on conflict do nothing returning * into r_job;
    r_is_new := found;
    exit when r_is_new;
    r_job := private.find_in_flight(v_wish.user_id, v_wish.queue, v_wish.company_id);
    exit when r_job.id is not null;
    v_ms := v_ms + 1;
  end loop;
end $$;

create function private.refuse_when_full(p_queue text, p_queue_limit integer) returns void
language plpgsql stable set search_path = '' as $$
begin
  if (select count(*) >= p_queue_limit from (
    select from public.jobs j where j.queue = p_queue and j.state in ('queued', 'delayed') limit p_queue_limit) waiting)
  then
    raise exception 'queue_full' using errcode = 'OP503';
  end if;
end $$;

-- The new job's report row and quota, as far as its queue has them.
create function private.equip_job(p_job public.jobs, p_request jsonb) returns public.jobs
language plpgsql set search_path = '' as $$
declare
  v_job public.jobs := p_job;
begin
  if (p_request ->> 'creates_report')::boolean then
    insert into public.research_reports (job_id, user_id, company_id, company_name)
    values (v_job.id, v_job.user_id, v_job.company_id, v_job.company_name) returning id into v_job.report_id;
  end if;
  if (p_request ->> 'uses_quota')::boolean and v_job.user_id is not null then
    v_job.quota_month := private.reserve_quota(v_job.user_id, (p_request ->> 'monthly_limit')::integer);
    v_job.quota_state := 'reserved';
  end if;
  update public.jobs j
  set report_id = v_job.report_id, quota_month = v_job.quota_month, quota_state = v_job.quota_state
  where j.id = v_job.id and (v_job.report_id is not null or v_job.quota_month is not null);
  return v_job;
end $$;

create function private.submission(p_outcome text, p_job public.jobs, p_report_id uuid, p_request jsonb) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_user_id uuid := p_request ->> 'user_id';
  v_quota jsonb;
begin
  if v_user_id is not null and p_request ->> 'idempotency_key' is not null and p_outcome <> 'replayed' then
    update public.idempotency_keys k
    set job_id = p_job.id, report_id = case when p_job.id is null then p_report_id end
    where k.user_id = v_user_id and k.key = p_request ->> 'idempotency_key';
  end if;
  if v_user_id is not null and (p_request ->> 'uses_quota')::boolean then
    v_quota := public.get_quota(v_user_id, (p_request ->> 'monthly_limit')::integer);
  end if;
  return jsonb_build_object(
    'outcome', p_outcome, 'job', case when p_job.id is not null then private.job_json(p_job) end,
    'report_id', coalesce(p_report_id, p_job.report_id), 'quota', v_quota);
end $$;

-- Records a job, or finds what makes it unnecessary. All of it in the caller's one transaction.
-- Request: {queue, user_id, company_id, company_name, payload, idempotency_key, request_hash, force, max_attempts,
-- priority, fresh_for_seconds, creates_report, uses_quota, monthly_limit, queue_limit, job_id_ms}.
-- Raises OP401, OP404 company_not_found, OP422, OP429 (detail: quota), OP503.
create function public.submit_job(p_request jsonb) returns jsonb
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
    v_report_id := private.find_fresh_report(v_user_id, v_company_id, (p_request ->> 'fresh_for_seconds')::integer);
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

revoke execute on function private.claim_idempotency_key(uuid, text, text, text, text) from public;
revoke execute on function private.find_in_flight(uuid, text, text) from public;
revoke execute on function private.find_fresh_report(uuid, text, integer) from public;
revoke execute on function private.insert_job(jsonb, text) from public;
revoke execute on function private.refuse_when_full(text, integer) from public;
revoke execute on function private.equip_job(public.jobs, jsonb) from public;
revoke execute on function private.submission(text, public.jobs, uuid, jsonb) from public;
revoke execute on function public.submit_job(jsonb) from public, anon, authenticated;
grant execute on function public.submit_job(jsonb) to service_role;
