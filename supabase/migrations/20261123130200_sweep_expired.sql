create index idempotency_keys_created_idx on public.idempotency_keys (created_at);

-- Removes what nobody will ask for again: idempotency keys 24 hours after their job has ended, and answers of providers
-- 30 days after they expired; until then they stand in for a provider that is down. At most p_limit rows of each.
-- Returns {idempotency_keys, source_cache}: how many rows were removed.
create function public.sweep_expired(p_limit integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_keys integer;
  v_answers integer;
begin
  delete from public.idempotency_keys k
  where (k.user_id, k.key) in (
    select o.user_id, o.key from public.idempotency_keys o
    left join public.jobs j on j.id = o.job_id
    where o.created_at < now() - interval '24 hours'
      and (j.id is null or j.finished_at < now() - interval '24 hours')
    limit p_limit for update of o skip locked);
  get diagnostics v_keys = row_count;

  delete from public.source_cache c
  where c.key in (
    select o.key from public.source_cache o where o.expires_at < now() - interval '30 days'
    limit p_limit for update skip locked);
  get diagnostics v_answers = row_count;
  return jsonb_build_object('idempotency_keys', v_keys, 'source_cache', v_answers);
end $$;

revoke execute on function public.sweep_expired(integer) from public, anon, authenticated;
grant execute on function public.sweep_expired(integer) to service_role;
