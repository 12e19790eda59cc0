-- Of a cancel and an end that meet, the one that is recorded first wins. A running job that was asked to stop ends as
-- cancelled, whatever its attempt comes to: nothing is delivered, and the quota is given back.
create or replace function private.hold_jobs(p_items jsonb) returns jsonb
language sql set search_path = '' as $$
  select coalesce(jsonb_agg(held.item), '[]') from (
    select i.item || jsonb_build_object('user_id', j.user_id, 'company_id', j.company_id, 'report_id', j.report_id,
      'outcome', case when j.cancel_requested_at is not null then 'cancelled' else i.item ->> 'outcome' end,
      'given_back', (i.item ->> 'outcome' = 'released'
        or (i.item ->> 'outcome' = 'retry' and i.item ->> 'counts_attempt' is not distinct from 'false'))::integer
    ) as item
    from jsonb_array_elements(p_items) as i(item)
    join public.jobs j on j.id = i.item ->> 'job_id'
    where j.token = (i.item ->> 'token')::bigint and j.state = 'active'
    order by j.id for update of j
  ) held;
$$;
