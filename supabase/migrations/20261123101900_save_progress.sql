-- Records progress of the attempt that holds the token, and with sections [{id, position, document}] the checkpoint.
-- Returns {version, cancel_requested}. Raises OP409 lease_lost when another attempt has taken over or the job has ended.
create function public.save_progress(
  p_job_id text, p_token bigint, p_progress integer, p_step jsonb, p_version bigint, p_sections jsonb default '[]'
) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_before public.jobs;
  v_job public.jobs;
begin
  select * into v_before from public.jobs j
  where j.id = p_job_id and j.token = p_token and j.state = 'active' for update;
  if not found then raise exception 'lease_lost' using errcode = 'OP409'; end if;

  update public.jobs j
  set progress = greatest(j.progress, least(p_progress, 100)), step = coalesce(nullif(p_step, 'null'), j.step),
      version = greatest(j.version, p_version) + 1, updated_at = now()
  where j.id = p_job_id returning * into v_job;
  if v_job.step ->> 'name' is distinct from v_before.step ->> 'name' then
    perform private.record_event(v_job, 'step', jsonb_build_object('step', v_job.step));
  end if;

  if jsonb_array_length(p_sections) > 0 and v_job.report_id is not null then
    insert into public.report_sections (report_id, section_id, position, document)
    select v_job.report_id, s ->> 'id', (s ->> 'position')::integer, s -> 'document'
    from jsonb_array_elements(p_sections) s
    on conflict (report_id, section_id) do update
    set position = excluded.position, document = excluded.document, created_at = now();
    update public.research_reports r set status = 'running', updated_at = now()
    where r.id = v_job.report_id and r.status in ('pending', 'running');
  end if;
  return jsonb_build_object('version', v_job.version, 'cancel_requested', v_job.cancel_requested_at is not null);
end $$;

revoke execute on function public.save_progress(text, bigint, integer, jsonb, bigint, jsonb)
  from public, anon, authenticated;
grant execute on function public.save_progress(text, bigint, integer, jsonb, bigint, jsonb) to service_role;
