alter table public.idempotency_keys add column batch_id uuid references public.batches (id) on delete cascade;
create index idempotency_keys_batch_idx on public.idempotency_keys (batch_id);

create or replace function private.claim_idempotency_key(
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
  elsif v_row.batch_id is not null then
    select b.finished_at into v_ended_at from public.batches b where b.id = v_row.batch_id;
  end if;
  if v_ended_at < now() - interval '24 hours' then
    update public.idempotency_keys k
    set request_hash = p_request_hash, queue = p_queue, company_id = p_company_id,
        job_id = null, report_id = null, batch_id = null, created_at = now()
    where k.user_id = p_user_id and k.key = p_key;
    return null;
  end if;
  if (v_row.request_hash, v_row.queue, v_row.company_id) is distinct from (p_request_hash, p_queue, p_company_id) then
    raise exception 'idempotency_key_reused' using errcode = 'OP422';
  end if;
  return v_row;
end $$;

-- The batch as the application sees it.
create function private.batch_json(p_batch public.batches) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'id', p_batch.id, 'user_id', p_batch.user_id, 'queue', p_batch.queue, 'name', p_batch.name,
    'status', p_batch.status, 'filter', p_batch.filter, 'collected_to', p_batch.collected_to,
    'truncated', p_batch.truncated, 'pending', p_batch.pending, 'open', p_batch.open, 'active', p_batch.active,
    'delayed', p_batch.delayed, 'completed', p_batch.completed, 'failed', p_batch.failed,
    'cancelled', p_batch.cancelled, 'skipped', p_batch.skipped, 'delayed_until', p_batch.delayed_until,
    'delay_code', p_batch.delay_code, 'pace', p_batch.pace, 'pace_samples', p_batch.pace_samples,
    'version', p_batch.version, 'created_at', p_batch.created_at, 'updated_at', p_batch.updated_at,
    'started_at', p_batch.started_at, 'finished_at', p_batch.finished_at,
    'cancel_requested_at', p_batch.cancel_requested_at);
$$;

-- Records a batch with its list of ids, or with a filter that is followed later, in chunks.
-- Request: {user_id, queue, name, company_ids, filter, payload, force, idempotency_key, request_hash}.
-- Returns {outcome: accepted or replayed, batch}. Raises OP401, OP422 idempotency_key_reused.
create function public.create_batch(p_request jsonb) returns jsonb
language plpgsql security definer set search_path = '' set timezone = 'UTC' as $$
declare
  v_wish public.batches := jsonb_populate_record(null::public.batches, p_request);
  v_key text := p_request ->> 'idempotency_key';
  v_claimed public.idempotency_keys;
  v_batch public.batches;
begin
  if not exists (select from public.profiles p where p.id = v_wish.user_id) then
    raise exception 'unauthenticated' using errcode = 'OP401';
  end if;
  if v_key is not null then
    v_claimed := private.claim_idempotency_key(
      v_wish.user_id, v_key, coalesce(p_request ->> 'request_hash', ''), 'batch:' || v_wish.queue, '');
    if v_claimed.batch_id is not null then
      select * into v_batch from public.batches b where b.id = v_claimed.batch_id;
      return jsonb_build_object('outcome', 'replayed', 'batch', private.batch_json(v_batch));
    end if;
  end if;

  insert into public.batches (user_id, queue, name, filter, payload, force, status, collected_to)
  values (v_wish.user_id, v_wish.queue, v_wish.name, nullif(v_wish.filter, 'null'), v_wish.payload,
    coalesce(v_wish.force, false), case when p_request ? 'company_ids' then 'running' else 'preparing' end,
    case when p_request ? 'company_ids' then null else '' end)
  returning * into v_batch;
  if v_key is not null then
    update public.idempotency_keys k set batch_id = v_batch.id where k.user_id = v_batch.user_id and k.key = v_key;
  end if;

  if p_request ? 'company_ids' then
    insert into public.batch_items (batch_id, company_id, outcome, code, finished_at)
    select v_batch.id, w.id, case when c.id is null then 'failed' else 'pending' end,
      case when c.id is null then 'company_not_found' end, case when c.id is null then now() end
    from (select distinct jsonb_array_elements_text(p_request -> 'company_ids') as id) w
    left join public.companies c on c.id = w.id;
    update public.batches b
    set pending = n.pending, failed = n.failed
    from (select count(*) filter (where i.outcome = 'pending') as pending,
                 count(*) filter (where i.outcome = 'failed') as failed
          from public.batch_items i where i.batch_id = v_batch.id) n
    where b.id = v_batch.id returning b.* into v_batch;
  end if;
  return jsonb_build_object('outcome', 'accepted', 'batch', private.batch_json(v_batch));
end $$;

revoke execute on function private.batch_json(public.batches) from public;
revoke execute on function public.create_batch(jsonb) from public, anon, authenticated;
grant execute on function public.create_batch(jsonb) to service_role;
