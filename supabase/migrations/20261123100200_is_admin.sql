-- Is the caller an admin: by role, or by a confirmed address in the domain the application has configured.
-- Policies call it without a domain, so that nothing a caller can pass opens a row to them.
create function public.is_admin(p_domain text default null) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from public.profiles p where p.id = (select auth.uid()) and p.role = 'admin')
      or exists (
        select from auth.users u
        where u.id = (select auth.uid())
          and u.email_confirmed_at is not null
          and p_domain <> ''
          and right(lower(u.email), length(p_domain) + 1) = '@' || lower(p_domain)
      );
$$;
revoke execute on function public.is_admin(text) from public, anon;
grant execute on function public.is_admin(text) to authenticated, service_role;

create policy "profiles: read own, admins all" on public.profiles for select to authenticated
  using (id = (select auth.uid()) or (select public.is_admin()));
create policy "profiles: change own" on public.profiles for update to authenticated
  using (id = (select auth.uid())) with check (id = (select auth.uid()));
