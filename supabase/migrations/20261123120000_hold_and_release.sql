-- Every job with Redis that a user waits for, per queue; small, whatever the ledger holds.
create index jobs_window_idx on public.jobs (queue, user_id, state)
  where not held and user_id is not null and state in ('queued', 'delayed', 'active');
create index jobs_held_user_idx on public.jobs (queue, (priority >= 100), user_id, created_at, id)
  where held and state = 'queued';
drop index public.jobs_held_idx;

-- What each user has with Redis in one class of one queue (people's jobs, or batches' from priority 100). Delayed jobs
-- hold no slot: as many as a window are free, further ones count, so that a provider's limit cannot fill Redis.
create function private.window_loads(p_queue text, p_batch boolean, p_window integer)
returns table (user_id uuid, load bigint)
language sql stable set search_path = '' as $$
  select j.user_id, count(*) filter (where j.state <> 'delayed')
      + greatest(count(*) filter (where j.state = 'delayed') - p_window, 0)
  from public.jobs j
  where j.queue = p_queue and (j.priority >= 100) = p_batch
    and not j.held and j.user_id is not null and j.state in ('queued', 'delayed', 'active')
  group by j.user_id;
$$;

-- Whether a new job has to stay outside Redis: its user has something there already and the window is full, or earlier
-- jobs of the user are held. A user's first job never is; a batch's is as soon as the window is full. Submissions of one
-- user to one queue are decided one after the other.
create function private.should_hold(p_queue text, p_user_id uuid, p_batch boolean, p_window integer) returns boolean
language plpgsql set search_path = '' as $$
begin
  if p_user_id is null or p_window is null then return false; end if;
  perform pg_advisory_xact_lock(hashtextextended(format('window:%s:%s', p_queue, p_user_id), 0));
  if exists (select from public.jobs j where j.queue = p_queue and (j.priority >= 100) = p_batch
             and j.user_id = p_user_id and j.held and j.state = 'queued') then
    return true;
  end if;
  if not p_batch and not exists (
    select from private.window_loads(p_queue, false, p_window) l where l.user_id = p_user_id and l.load > 0)
  then
    return false;
  end if;
  return p_window <= (
    select coalesce(sum(l.load), 0)
    from (values (false), (true)) class(batch), private.window_loads(p_queue, class.batch, p_window) l);
end $$;

create or replace function private.insert_job(
  p_request jsonb, p_company_name text, out r_job public.jobs, out r_is_new boolean)
language plpgsql set search_path = '' as $$
declare
  v_wish public.jobs := jsonb_populate_record(null::public.jobs, p_request);
  v_ms bigint := coalesce((p_request ->> 'job_id_ms')::bigint, (extract(epoch from clock_timestamp()) * 1000)::bigint);
  v_priority integer := coalesce(v_wish.priority, 1);
  v_held boolean := private.should_hold(
    v_wish.queue, v_wish.user_id, v_priority >= 100, (p_request ->> 'user_window')::integer);
begin
  loop
    insert into public.jobs (id, queue, user_id, company_id, company_name, payload, max_attempts, priority, held)
    values (format('%s:%s:%s', v_wish.queue, v_wish.company_id, v_ms), v_wish.queue, v_wish.user_id, v_wish.company_id,
      coalesce(v_wish.company_name, p_company_name), v_wish.payload, v_wish.max_attempts, v_priority, v_held)
    on conflict do nothing returning * into r_job;
    r_is_new := found;
    exit when r_is_new;
    r_job := private.find_in_flight(v_wish.user_id, v_wish.queue, v_wish.company_id);
    exit when r_job.id is not null;
    v_ms := v_ms + 1;
  end loop;
end $$;

-- Lets held jobs of one class in, round-robin over users: whoever has least with Redis is next. `p_room` of them, and
-- of people's jobs each user's first in any case.
create function private.release_class(p_queue text, p_batch boolean, p_window integer, p_room integer)
returns setof public.jobs
language sql set search_path = '' as $$
  with recursive users as (
    (select j.user_id from public.jobs j
     where j.queue = p_queue and (j.priority >= 100) = p_batch and j.held and j.state = 'queued'
     order by j.user_id limit 1)
    union all
    select (select j.user_id from public.jobs j
            where j.queue = p_queue and (j.priority >= 100) = p_batch and j.held and j.state = 'queued'
              and j.user_id > u.user_id
            order by j.user_id limit 1)
    from users u where u.user_id is not null
  ), ranked as (
    select f.id, f.created_at,
      coalesce(l.load, 0) + row_number() over (partition by u.user_id order by f.created_at, f.id) as place
    from users u
    left join private.window_loads(p_queue, p_batch, p_window) l on l.user_id = u.user_id
    cross join lateral (
      select j.id, j.created_at from public.jobs j
      where j.queue = p_queue and (j.priority >= 100) = p_batch and j.held and j.state = 'queued'
        and j.user_id = u.user_id
      order by j.created_at, j.id limit greatest(p_room, 1)
    ) f
  ), chosen as (
    select r.id, r.place, row_number() over (order by r.place, r.created_at, r.id) as n from ranked r
  ), locked as (
    select j.id from public.jobs j
    where j.id in (select c.id from chosen c where c.n <= p_room or (c.place = 1 and not p_batch))
      and j.held and j.state = 'queued'
    order by j.id for update skip locked
  )
  update public.jobs j set held = false, version = j.version + 1, updated_at = now()
  from locked l where j.id = l.id returning j.*;
$$;

-- One queue. Batches only get what people leave over: nothing while a person's job waits, at most their own window, and
-- never the last slot.
create function private.release_queue(p_queue text, p_window integer, p_batch_window integer)
returns setof public.jobs
language plpgsql set search_path = '' as $$
declare
  v_people bigint;
  v_batches bigint;
  v_room bigint;
begin
  if not exists (select from public.jobs j where j.queue = p_queue and j.held and j.state = 'queued') then return; end if;
  perform pg_advisory_xact_lock(hashtextextended('release:' || p_queue, 0));
  select coalesce(sum(l.load), 0) into v_people from private.window_loads(p_queue, false, p_window) l;
  select coalesce(sum(l.load), 0) into v_batches from private.window_loads(p_queue, true, p_batch_window) l;
  return query select * from private.release_class(
    p_queue, false, p_window, greatest(p_window - v_people - v_batches, 0)::integer);

  v_room := least(p_batch_window - v_batches, p_window - v_people - v_batches);
  if v_room <= 0 or exists (select from public.jobs j where j.queue = p_queue and j.user_id is not null
                            and j.priority < 100 and j.state = 'queued') then
    return;
  end if;
  return query select * from private.release_class(p_queue, true, p_batch_window, v_room::integer);
end $$;

-- Lets held jobs in as far as the windows allow: [{queue, window, batch_window}], in jobs at a time. A released job counts
-- as never dispatched, so that the dispatcher gives it to Redis when the caller cannot.
-- Returns {jobs, held}: the released jobs in the order in which they should start, and whether others stay behind.
create function public.release_held(p_windows jsonb) returns jsonb
language plpgsql security definer set search_path = '' set timezone = 'UTC' as $$
declare
  v_jobs jsonb;
begin
  select coalesce(jsonb_agg(private.job_json(r.job) order by (r.job).priority, (r.job).created_at, (r.job).id), '[]')
  into v_jobs
  from (
    select j as job
    from jsonb_to_recordset(p_windows) w(queue text, "window" integer, batch_window integer)
    cross join lateral private.release_queue(w.queue, w."window", w.batch_window) j
  ) r;
  return jsonb_build_object('jobs', v_jobs, 'held', exists (
    select from jsonb_to_recordset(p_windows) w(queue text)
    where exists (select from public.jobs j where j.queue = w.queue and j.held and j.state = 'queued')));
end $$;

revoke execute on function private.window_loads(text, boolean, integer) from public;
revoke execute on function private.should_hold(text, uuid, boolean, integer) from public;
revoke execute on function private.release_class(text, boolean, integer, integer) from public;
revoke execute on function private.release_queue(text, integer, integer) from public;
revoke execute on function public.release_held(jsonb) from public, anon, authenticated;
grant execute on function public.release_held(jsonb) to service_role;
