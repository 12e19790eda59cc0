-- Companies of the filter among the next p_chunk of the table, in the order of their ids: the statement stays short
-- whatever the filter. The meaning is that of `search_companies`: the number or its beginning, the beginning of the name,
-- or all words in it.
create function private.collect_companies(p_batch public.batches, p_chunk integer, p_most integer) returns public.batches
language plpgsql set search_path = '' set plan_cache_mode = force_custom_plan as $$
declare
  v_filter jsonb := coalesce(p_batch.filter, '{}');
  v_name text := upper(btrim(regexp_replace(coalesce(v_filter ->> 'q', ''), '\s+', ' ', 'g')));
  v_number text := case when v_name ~ '^[A-Z0-9]{1,8}$' and v_name ~ '[0-9]' then v_name end;
  v_words text[] := string_to_array(regexp_replace(v_name, '([\\%_])', '\\\1', 'g'), ' ');
  v_longest text;
  v_room integer := p_most - p_batch.pending;
  v_batch public.batches;
  v_last text;
  v_found integer;
  v_taken integer;
begin
  select w into v_longest from unnest(v_words) w order by length(w) desc limit 1;
  v_words := array(select '%' || w || '%' from unnest(v_words) w);
  select max(s.id) into v_last from (
    select c.id from public.companies c where c.id > p_batch.collected_to order by c.id limit p_chunk) s;

  with found as (
    select c.id from public.companies c
    where c.id > p_batch.collected_to and c.id <= v_last
      and (v_name = '' or c.id = lpad(v_number, 8, '0')
        or c.id between rpad(v_number, 8, '0') and rpad(v_number, 8, 'Z')
        or (upper(c.name) collate "C" >= v_name and upper(c.name) collate "C" < v_name || chr(1114111))
        or (v_longest ~ '[[:alnum:]]{3}' and c.name ilike all (v_words)))
      and (v_filter ->> 'status' is null or c.status = v_filter ->> 'status')
      and (v_filter ->> 'sic' is null or c.sic_codes @> array[v_filter ->> 'sic'])
      and (v_filter ->> 'locality' is null or upper(c.locality) = upper(v_filter ->> 'locality'))
    order by c.id limit v_room + 1
  ), taken as (
    insert into public.batch_items (batch_id, company_id)
    select p_batch.id, f.id from found f order by f.id limit v_room returning company_id
  )
  select (select count(*) from found), (select count(*) from taken) into v_found, v_taken;

  update public.batches b
  set pending = b.pending + v_taken, truncated = v_found > v_room,
      collected_to = case when v_found <= v_room then v_last end,
      status = case when v_found <= v_room and v_last is not null then 'preparing' else 'running' end
  where b.id = p_batch.id returning * into v_batch;
  if v_batch.collected_to is null and v_batch.pending = 0 and v_name <> '' then
    v_batch := private.collect_alike(v_batch, v_name, v_filter);
  end if;
  return v_batch;
end $$;

-- Where nothing matched: names that are alike, as the search shows them for a typing mistake. At most 1,000.
create function private.collect_alike(p_batch public.batches, p_name text, p_filter jsonb) returns public.batches
language plpgsql set search_path = '' set plan_cache_mode = force_custom_plan set enable_seqscan = off as $$
declare
  v_batch public.batches;
  v_found integer;
begin
  perform set_config('pg_trgm.word_similarity_threshold', '0.4', true);
  insert into public.batch_items (batch_id, company_id)
  select p_batch.id, c.id from public.companies c
  where c.name operator(extensions.%>) p_name
    and (p_filter ->> 'status' is null or c.status = p_filter ->> 'status')
    and (p_filter ->> 'sic' is null or c.sic_codes @> array[p_filter ->> 'sic'])
    and (p_filter ->> 'locality' is null or upper(c.locality) = upper(p_filter ->> 'locality'))
  limit 1000;
  get diagnostics v_found = row_count;
  update public.batches b set pending = v_found where b.id = p_batch.id returning * into v_batch;
  return v_batch;
end $$;

-- Moves up to p_chunk items of one outcome to another; both counts follow.
create function private.turn_items(p_batch public.batches, p_from text, p_to text, p_chunk integer) returns integer
language plpgsql set search_path = '' as $$
declare
  v_turned integer;
begin
  update public.batch_items i
  set outcome = p_to, finished_at = case when p_to = 'cancelled' then now() end,
      code = null, job_id = case when p_to = 'cancelled' then i.job_id end, report_id = null
  where i.batch_id = p_batch.id and i.company_id in (
    select n.company_id from public.batch_items n where n.batch_id = p_batch.id and n.outcome = p_from
    order by n.company_id limit p_chunk for update);
  get diagnostics v_turned = row_count;
  return v_turned;
end $$;

create function private.cancel_pending(p_batch public.batches, p_chunk integer) returns public.batches
language plpgsql set search_path = '' as $$
declare
  v_turned integer := private.turn_items(p_batch, 'pending', 'cancelled', p_chunk);
  v_batch public.batches;
begin
  update public.batches b set pending = b.pending - v_turned, cancelled = b.cancelled + v_turned
  where b.id = p_batch.id returning * into v_batch;
  return v_batch;
end $$;

create function private.requeue_failed(p_batch public.batches, p_chunk integer) returns public.batches
language plpgsql set search_path = '' as $$
declare
  v_turned integer := private.turn_items(p_batch, 'failed', 'pending', p_chunk);
  v_batch public.batches;
begin
  update public.batches b
  set pending = b.pending + v_turned, failed = b.failed - v_turned,
      status = case when v_turned < p_chunk then 'running' else 'preparing' end
  where b.id = p_batch.id returning * into v_batch;
  return v_batch;
end $$;

-- Takes what changed since the last count into the batch's row.
create function private.count_batch(p_batch_id uuid) returns public.batches
language plpgsql set search_path = '' as $$
declare
  v_batch public.batches;
begin
  with taken as (
    delete from private.batch_changes c where c.batch_id = p_batch_id returning c.*
  ), changed as (
    select coalesce(sum(t.open), 0) as open, coalesce(sum(t.completed), 0) as completed,
      coalesce(sum(t.failed), 0) as failed, coalesce(sum(t.cancelled), 0) as cancelled from taken t
  ), going as (
    select count(*) filter (where j.state = 'active') as active, count(*) filter (where j.state = 'delayed') as delayed,
      min(j.run_at) filter (where j.state = 'delayed') as until,
      (array_agg(j.error ->> 'code' order by j.run_at) filter (where j.state = 'delayed'))[1] as code
    from public.jobs j where j.batch_id = p_batch_id and j.state in ('queued', 'delayed', 'active')
  )
  update public.batches b
  set open = b.open + c.open, completed = b.completed + c.completed, failed = b.failed + c.failed,
      cancelled = b.cancelled + c.cancelled, active = g.active, delayed = g.delayed, delayed_until = g.until,
      delay_code = g.code, tended_at = now()
  from changed c, going g where b.id = p_batch_id returning b.* into v_batch;
  return v_batch;
end $$;

create function private.end_or_reopen(p_batch public.batches) returns public.batches
language plpgsql set search_path = '' as $$
declare
  v_batch public.batches := p_batch;
begin
  if v_batch.status in ('running', 'cancelling') and v_batch.pending = 0 and v_batch.open = 0 then
    update public.batches b
    set status = case when b.cancel_requested_at is null then 'completed' else 'cancelled' end, finished_at = now()
    where b.id = v_batch.id returning * into v_batch;
  elsif v_batch.status in ('completed', 'cancelled') and v_batch.open > 0 then
    -- A person has retried one of its jobs.
    update public.batches b set status = 'running', finished_at = null, cancel_requested_at = null
    where b.id = v_batch.id returning * into v_batch;
  end if;
  return v_batch;
end $$;

-- Gives the batch a new version if a reader would see a difference, and takes the pace of the last seconds into the
-- smoothed one.
create function private.note_step(p_before public.batches, p_after public.batches) returns public.batches
language plpgsql set search_path = '' as $$
declare
  v_batch public.batches := p_after;
  v_done integer := p_after.completed + p_after.failed + p_after.cancelled;
  v_seconds double precision := extract(epoch from now() - p_after.pace_at);
  v_pace double precision;
begin
  -- Every column that `batch_json` shows and a step can change.
  p_after.tended_at := p_before.tended_at;
  if p_after is not distinct from p_before then return v_batch; end if;
  if v_seconds >= 5 then v_pace := greatest(v_done - p_after.pace_done, 0) / v_seconds; end if;
  update public.batches b
  set version = b.version + 1, updated_at = now(),
      pace = case when v_pace is null then b.pace when b.pace is null then v_pace else 0.7 * b.pace + 0.3 * v_pace end,
      pace_samples = b.pace_samples + (v_pace is not null)::integer,
      pace_done = case when v_pace is null and b.pace_at is not null then b.pace_done else v_done end,
      pace_at = case when v_pace is null then coalesce(b.pace_at, b.started_at) else now() end
  where b.id = p_after.id returning * into v_batch;
  return v_batch;
end $$;

-- Takes up to p_count researches from the month. @returns how many there were.
create function private.reserve_quotas(p_user_id uuid, p_monthly_limit integer, p_count integer) returns integer
language plpgsql set search_path = '' as $$
declare
  v_month date := private.current_month();
  v_used integer;
  v_limit integer;
  v_granted integer;
begin
  insert into public.research_quotas (user_id, month) values (p_user_id, v_month) on conflict do nothing;
  select q.used into v_used from public.research_quotas q where q.user_id = p_user_id and q.month = v_month for update;
  select coalesce(p.research_limit, p_monthly_limit) into v_limit from public.profiles p where p.id = p_user_id;
  v_granted := greatest(least(p_count, v_limit - v_used), 0);
  update public.research_quotas q set used = q.used + v_granted where q.user_id = p_user_id and q.month = v_month;
  return v_granted;
end $$;

-- Items that need no job of their own: in flight already, or with a report that is still fresh.
create function private.skip_items(p_batch public.batches, p_ids text[], p_settings jsonb) returns integer
language plpgsql set search_path = '' as $$
declare
  v_skipped integer;
  v_fresh integer := 0;
begin
  update public.batch_items i
  set outcome = 'skipped', code = 'in_flight', job_id = j.id, report_id = j.report_id, finished_at = now()
  from public.jobs j
  where i.batch_id = p_batch.id and i.company_id = any(p_ids) and i.outcome = 'pending'
    and j.user_id = p_batch.user_id and j.queue = p_batch.queue and j.company_id = i.company_id
    and j.state in ('queued', 'delayed', 'active');
  get diagnostics v_skipped = row_count;
  if (p_settings ->> 'creates_report')::boolean and not p_batch.force then
    update public.batch_items i
    set outcome = 'skipped', code = 'fresh_report', job_id = r.job_id, report_id = r.id, finished_at = now()
    from (
      select distinct on (r.company_id) r.id, r.job_id, r.company_id from public.research_reports r
      where r.user_id = p_batch.user_id and r.company_id = any(p_ids) and r.status in ('complete', 'partial')
        and r.generated_at > now() - make_interval(secs => (p_settings ->> 'fresh_for_seconds')::integer)
      order by r.company_id, r.generated_at desc
    ) r
    where i.batch_id = p_batch.id and i.company_id = r.company_id and i.outcome = 'pending';
    get diagnostics v_fresh = row_count;
  end if;
  return v_skipped + v_fresh;
end $$;

-- Held jobs for the first p_count of the items that are still pending, with report row, quota and first event.
-- Returns the ids of the jobs.
create function private.insert_batch_jobs(p_batch public.batches, p_ids text[], p_settings jsonb, p_count integer)
returns text[]
language plpgsql set search_path = '' as $$
declare
  v_ms bigint := (extract(epoch from clock_timestamp()) * 1000)::bigint;
  v_jobs text[];
  v_granted integer;
begin
  with wanted as (
    select i.company_id from public.batch_items i
    where i.batch_id = p_batch.id and i.company_id = any(p_ids) and i.outcome = 'pending'
    order by i.company_id limit p_count
  ), inserted as (
    insert into public.jobs (id, queue, user_id, company_id, company_name, payload, max_attempts, priority, held, batch_id,
      report_id, quota_state, quota_month)
    select format('%s:%s:%s', p_batch.queue, c.id, v_ms), p_batch.queue, p_batch.user_id, c.id, c.name,
      p_batch.payload || jsonb_build_object(p_settings ->> 'id_member', c.id, p_settings ->> 'name_member', c.name),
      (p_settings ->> 'max_attempts')::integer, (p_settings ->> 'priority')::integer, true, p_batch.id,
      case when (p_settings ->> 'creates_report')::boolean then gen_random_uuid() end,
      case when (p_settings ->> 'uses_quota')::boolean then 'reserved' else 'none' end,
      case when (p_settings ->> 'uses_quota')::boolean then private.current_month() end
    from wanted w join public.companies c on c.id = w.company_id order by c.id
    on conflict do nothing returning id
  )
  select coalesce(array_agg(id order by id), '{}') into v_jobs from inserted;

  -- Quota after the jobs, as everybody takes the two in this order. What it does not cover is taken back.
  if (p_settings ->> 'uses_quota')::boolean then
    v_granted := private.reserve_quotas(p_batch.user_id, (p_settings ->> 'monthly_limit')::integer, cardinality(v_jobs));
    delete from public.jobs j where j.id = any(v_jobs[v_granted + 1:]);
    v_jobs := v_jobs[:v_granted];
  end if;
  if (p_settings ->> 'creates_report')::boolean then
    insert into public.research_reports (id, job_id, user_id, company_id, company_name)
    select j.report_id, j.id, j.user_id, j.company_id, j.company_name from public.jobs j where j.id = any(v_jobs);
  end if;
  insert into public.job_events (job_id, run_id, attempt, type, version, progress)
  select j.id, j.run_id, j.attempt, 'submitted', j.version, j.progress from public.jobs j where j.id = any(v_jobs);
  update public.batch_items i set outcome = 'queued', job_id = j.id
  from public.jobs j where j.id = any(v_jobs) and i.batch_id = p_batch.id and i.company_id = j.company_id;
  return v_jobs;
end $$;

-- Turns pending items into held jobs, until the batch has p_open of them that have not ended.
create function private.fill_batch(p_batch public.batches, p_settings jsonb, p_open integer, p_chunk integer)
returns public.batches
language plpgsql set search_path = '' as $$
declare
  v_uses_quota boolean := (p_settings ->> 'uses_quota')::boolean;
  v_room integer := p_open - p_batch.open;
  v_ids text[];
  v_jobs text[] := '{}';
  v_skipped integer;
  v_unknown integer;
  v_refused integer := 0;
  v_batch public.batches;
begin
  if v_room <= 0 then return p_batch; end if;
  -- The lock of a submission of this user: see `should_hold`.
  perform pg_advisory_xact_lock(hashtextextended(format('window:%s:%s', p_batch.queue, p_batch.user_id), 0));
  if v_uses_quota then
    v_room := least(v_room,
      (public.get_quota(p_batch.user_id, (p_settings ->> 'monthly_limit')::integer) ->> 'remaining')::integer);
  end if;
  v_ids := array(
    select i.company_id from public.batch_items i where i.batch_id = p_batch.id and i.outcome = 'pending'
    -- Without quota nothing is started; the whole chunk is said to have failed by that.
    order by i.company_id limit case when v_room > 0 then v_room else p_chunk end);
  v_skipped := private.skip_items(p_batch, v_ids, p_settings);
  update public.batch_items i set outcome = 'failed', code = 'company_not_found', finished_at = now()
  where i.batch_id = p_batch.id and i.company_id = any(v_ids) and i.outcome = 'pending'
    and not exists (select from public.companies c where c.id = i.company_id);
  get diagnostics v_unknown = row_count;
  if v_room > 0 then
    v_jobs := private.insert_batch_jobs(p_batch, v_ids, p_settings, v_room);
  else
    update public.batch_items i set outcome = 'failed', code = 'quota_exceeded', finished_at = now()
    where i.batch_id = p_batch.id and i.company_id = any(v_ids) and i.outcome = 'pending';
    get diagnostics v_refused = row_count;
  end if;
  update public.batches b
  set pending = b.pending - v_skipped - v_unknown - v_refused - cardinality(v_jobs), skipped = b.skipped + v_skipped,
      failed = b.failed + v_unknown + v_refused, open = b.open + cardinality(v_jobs),
      started_at = coalesce(b.started_at, case when cardinality(v_jobs) > 0 then now() end)
  where b.id = p_batch.id returning * into v_batch;
  return v_batch;
end $$;

-- One step of a batch whose row the caller holds.
create function private.step_batch(p_batch public.batches, p_queues jsonb, p_limits jsonb) returns public.batches
language plpgsql set search_path = '' as $$
declare
  v_batch public.batches := p_batch;
begin
  if v_batch.status = 'preparing' and v_batch.collected_to is not null then
    v_batch := private.collect_companies(
      v_batch, (p_limits ->> 'collect')::integer, (p_limits ->> 'companies')::integer);
  elsif v_batch.status = 'preparing' then
    v_batch := private.requeue_failed(v_batch, (p_limits ->> 'turn')::integer);
  elsif v_batch.status = 'cancelling' and v_batch.pending > 0 then
    v_batch := private.cancel_pending(v_batch, (p_limits ->> 'turn')::integer);
  end if;
  v_batch := private.count_batch(v_batch.id);
  if v_batch.status = 'running' and v_batch.pending > 0 and p_queues ? v_batch.queue then
    v_batch := private.fill_batch(
      v_batch, p_queues -> v_batch.queue, (p_limits ->> 'open')::integer, (p_limits ->> 'turn')::integer);
  end if;
  return private.note_step(p_batch, private.end_or_reopen(v_batch));
end $$;

-- Carries the batch that was left alone longest one step further: collects companies, counts, and keeps a bounded number
-- of its jobs in the ledger. Parallel callers take different batches; a batch with enough to do is tended once per
-- p_limits.every_ms. One batch per transaction: a step holds the lock that submissions of its user wait for.
-- p_queues: {queue: {max_attempts, priority, fresh_for_seconds, creates_report, uses_quota, monthly_limit, id_member,
-- name_member}}. p_limits: {every_ms, open, collect, companies, turn}.
-- Returns {id: null when there was nothing to do, jobs: whether there are new held ones, hurry: whether to go on at once}.
create function public.tend_batch(p_queues jsonb, p_limits jsonb) returns jsonb
language plpgsql security definer set search_path = '' set timezone = 'UTC' as $$
declare
  v_before public.batches;
  v_after public.batches;
  v_enough integer := (p_limits ->> 'open')::integer / 2;
begin
  select * into v_before from public.batches b
  where (b.status in ('preparing', 'running', 'cancelling') or b.id in (select c.batch_id from private.batch_changes c))
    and (b.tended_at < now() - make_interval(secs => (p_limits ->> 'every_ms')::double precision / 1000)
      or b.status = 'preparing' or (b.pending > 0 and (b.status = 'cancelling' or b.open < v_enough)))
  order by b.tended_at limit 1 for update skip locked;
  if not found then return jsonb_build_object('id', null, 'jobs', false, 'hurry', false); end if;
  v_after := private.step_batch(v_before, p_queues, p_limits);
  return jsonb_build_object('id', v_after.id, 'jobs', v_after.open > 0, 'hurry', v_after.status = 'preparing'
    or (v_after.pending between 1 and v_before.pending - 1 and (v_after.status = 'cancelling' or v_after.open < v_enough)));
end $$;

revoke execute on function private.collect_companies(public.batches, integer, integer) from public;
revoke execute on function private.collect_alike(public.batches, text, jsonb) from public;
revoke execute on function private.turn_items(public.batches, text, text, integer) from public;
revoke execute on function private.cancel_pending(public.batches, integer) from public;
revoke execute on function private.requeue_failed(public.batches, integer) from public;
revoke execute on function private.count_batch(uuid) from public;
revoke execute on function private.end_or_reopen(public.batches) from public;
revoke execute on function private.note_step(public.batches, public.batches) from public;
revoke execute on function private.reserve_quotas(uuid, integer, integer) from public;
revoke execute on function private.skip_items(public.batches, text[], jsonb) from public;
revoke execute on function private.insert_batch_jobs(public.batches, text[], jsonb, integer) from public;
revoke execute on function private.fill_batch(public.batches, jsonb, integer, integer) from public;
revoke execute on function private.step_batch(public.batches, jsonb, jsonb) from public;
revoke execute on function public.tend_batch(jsonb, jsonb) from public, anon, authenticated;
grant execute on function public.tend_batch(jsonb, jsonb) to service_role;
