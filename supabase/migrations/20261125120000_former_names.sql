-- A company is looked up by a name that it used to have.
create index companies_previous_names_idx on public.companies using gin (previous_names jsonb_path_ops)
  where previous_names <> '[]';
