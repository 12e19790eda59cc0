-- One row per request to a language model: who it was for, what it used and what it cost. Never what was asked or answered.
create table public.model_calls (
  id uuid primary key,
  report_id uuid references public.research_reports (id) on delete set null,
  job_id text references public.jobs (id) on delete set null,
  user_id uuid references public.profiles (id) on delete set null,
  -- What the request was made for, such as the id of a report's section.
  purpose text not null check (purpose <> ''),
  model text not null,
  -- As the service names them in its answer.
  served_model text,
  served_by text,
  generation_id text,
  state text not null default 'open' check (state in ('open', 'answered', 'failed')),
  error_code text,
  input_tokens integer check (input_tokens >= 0),
  cached_input_tokens integer check (cached_input_tokens >= 0),
  output_tokens integer check (output_tokens >= 0),
  reasoning_tokens integer check (reasoning_tokens >= 0),
  -- The most that the request can cost. It counts until the cost is known, and for good where it never is.
  reserved_usd numeric(12, 6) not null check (reserved_usd >= 0),
  cost_usd numeric(12, 6) check (cost_usd >= 0),
  started_at timestamptz not null default now(),
  finished_at timestamptz
);
create index model_calls_started_idx on public.model_calls (started_at);
create index model_calls_report_idx on public.model_calls (report_id);
create index model_calls_job_idx on public.model_calls (job_id);
create index model_calls_user_idx on public.model_calls (user_id);

alter table public.model_calls enable row level security;
revoke all on table public.model_calls from anon, authenticated;
grant select on table public.model_calls to authenticated;
grant all on table public.model_calls to service_role;
create policy "model_calls: read own" on public.model_calls for select to authenticated
  using (user_id = (select auth.uid()) or (select public.is_admin()));

-- Records a request that is about to be made, if the most it can cost fits into what is left for its report and for the
-- day (UTC). One caller at a time: together they never go beyond a budget.
-- p_call: {id, report_id, job_id, user_id, purpose, model, reserved_usd}.
create function public.reserve_model_call(p_call jsonb, p_report_budget_usd numeric, p_day_budget_usd numeric)
returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_call public.model_calls := jsonb_populate_record(null::public.model_calls, p_call);
  v_report numeric := 0;
  v_day numeric;
begin
  perform pg_advisory_xact_lock(hashtext('public.model_calls'));
  if v_call.report_id is not null then
    select coalesce(sum(coalesce(c.cost_usd, c.reserved_usd)), 0) into v_report
    from public.model_calls c where c.report_id = v_call.report_id;
  end if;
  select coalesce(sum(coalesce(c.cost_usd, c.reserved_usd)), 0) into v_day
  from public.model_calls c where c.started_at >= date_trunc('day', now() at time zone 'utc') at time zone 'utc';

  if v_report + v_call.reserved_usd > p_report_budget_usd then
    raise exception 'model_budget_exceeded' using errcode = 'OP503',
      detail = jsonb_build_object('budget', 'report', 'used_usd', v_report, 'limit_usd', p_report_budget_usd)::text;
  end if;
  if v_day + v_call.reserved_usd > p_day_budget_usd then
    raise exception 'model_budget_exceeded' using errcode = 'OP503',
      detail = jsonb_build_object('budget', 'day', 'used_usd', v_day, 'limit_usd', p_day_budget_usd)::text;
  end if;
  insert into public.model_calls (id, report_id, job_id, user_id, purpose, model, reserved_usd)
  values (v_call.id, v_call.report_id, v_call.job_id, v_call.user_id, v_call.purpose, v_call.model, v_call.reserved_usd);
end $$;

-- Records how a request ended, once. p_call: {id, state, error_code, served_model, served_by, generation_id, input_tokens,
-- cached_input_tokens, output_tokens, reasoning_tokens, cost_usd}; a cost of null leaves the reserved sum counted.
create function public.settle_model_call(p_call jsonb) returns void
language sql security definer set search_path = '' as $$
  update public.model_calls c
  set state = e.state, error_code = e.error_code, served_model = e.served_model, served_by = e.served_by,
      generation_id = e.generation_id, input_tokens = e.input_tokens, cached_input_tokens = e.cached_input_tokens,
      output_tokens = e.output_tokens, reasoning_tokens = e.reasoning_tokens, cost_usd = e.cost_usd, finished_at = now()
  from jsonb_populate_record(null::public.model_calls, p_call) e
  where c.id = e.id and c.state = 'open';
$$;

revoke execute on function public.reserve_model_call(jsonb, numeric, numeric) from public, anon, authenticated;
grant execute on function public.reserve_model_call(jsonb, numeric, numeric) to service_role;
revoke execute on function public.settle_model_call(jsonb) from public, anon, authenticated;
grant execute on function public.settle_model_call(jsonb) to service_role;
