'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { Building2, House, ListChecks, Search } from 'lucide-react';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import { z } from 'zod';
import { ApiError, apiJson } from '@/components/http/api-fetch';
import { Badge } from '@/components/ui/badge';
import { cn } from '@/components/ui/cn';
import { Dialog, DialogContent, DialogTitle } from '@/components/ui/dialog';
import { Spinner } from '@/components/ui/spinner';
import { useSettled } from '@/components/ui/use-settled';
import { RegisterGroup, useRegisterOptions } from './register-options';

const OpenContext = createContext<() => void>(() => undefined);

/** Puts Ctrl/Cmd-K over everything inside. */
export function QuickSearchProvider({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      setOpen((before) => !before);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <OpenContext value={() => setOpen(true)}>
      {children}
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogContent placement="top" aria-describedby={undefined} className="overflow-hidden">
          <DialogTitle className="sr-only">Quick search</DialogTitle>
          <SearchPanel onDone={() => setOpen(false)} />
        </DialogContent>
      </Dialog>
    </OpenContext>
  );
}

export function QuickSearchButton({ compact = false }: { compact?: boolean }) {
  const openSearch = use(OpenContext);
  return (
    <button
      type="button"
      onClick={openSearch}
      aria-keyshortcuts="Control+K Meta+K"
      className={cn(
        'flex h-9 items-center gap-2.5 rounded-md text-muted-foreground text-sm hover:bg-hover hover:text-foreground',
        compact ? 'w-9 justify-center' : 'w-full border bg-surface px-2.5',
      )}
    >
      <Search aria-hidden className="size-4 shrink-0" />
      <span className={compact ? 'sr-only' : undefined}>Search</span>
      {!compact && <kbd className="ml-auto rounded-sm border px-1 font-sans text-xs">Ctrl K</kbd>}
    </button>
  );
}

const companiesSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      locality: z.string().nullish(),
      is_demo: z.boolean().nullish(),
    }),
  ),
});

const PAGES = [
  { href: '/', label: 'Home', icon: House },
  { href: '/companies', label: 'All companies', icon: Building2 },
  { href: '/jobs', label: 'Jobs', icon: ListChecks },
] as const;

const ITEM = 'flex min-h-10 items-center gap-3 rounded-md px-3 py-2 text-sm data-[selected=true]:bg-hover';
const GROUP =
  '[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-muted-foreground [&_[cmdk-group-heading]]:text-xs';

function SearchPanel({ onDone }: { onDone: () => void }) {
  const router = useRouter();
  const [text, setText] = useState('');
  const [selected, setSelected] = useState('');
  const term = useSettled(text.trim(), 150);
  const search = useQuery({
    queryKey: ['company-search', term],
    queryFn: ({ signal }) =>
      apiJson(companiesSchema, `/api/companies?${new URLSearchParams({ q: term, limit: '8' })}`, { signal }),
    enabled: term !== '',
    placeholderData: keepPreviousData,
  });
  const go = <Href extends string>(href: Route<Href>) => {
    onDone();
    router.push(href);
  };
  const companies = term === '' ? [] : (search.data?.items ?? []);
  const isListed = search.isSuccess && !search.isPlaceholderData;
  const onRegister = useRegisterOptions(term, isListed ? companies.map(({ id }) => id) : null);
  // Results arrive after the list has chosen its first line: the best match is chosen again when they are there.
  const first = companies[0]?.id ?? (term === '' ? PAGES[0].label : 'all');
  useEffect(() => setSelected(first), [first]);
  return (
    <Command shouldFilter={false} label="Quick search" loop value={selected} onValueChange={setSelected}>
      <div className="flex items-center gap-3 border-b px-4">
        {search.isFetching ? (
          <Spinner className="text-muted-foreground" />
        ) : (
          <Search aria-hidden className="size-4 shrink-0 text-muted-foreground" />
        )}
        <Command.Input
          value={text}
          onValueChange={setText}
          placeholder="Company name or number"
          className="h-12 w-full min-w-0 bg-transparent text-base outline-none placeholder:text-muted-foreground sm:text-sm"
        />
      </div>
      <Command.List className="max-h-[60dvh] overflow-y-auto p-2" aria-busy={search.isFetching}>
        {companies.length > 0 && (
          <Command.Group heading="Companies" className={GROUP}>
            {companies.map((company) => (
              <Command.Item
                key={company.id}
                value={company.id}
                onSelect={() => go(`/companies/${company.id}`)}
                className={ITEM}
              >
                <Building2 aria-hidden className="size-4 shrink-0 text-muted-foreground" />
                <span className="min-w-0 truncate">{company.name}</span>
                {company.is_demo && <Badge tone="accent">Demo</Badge>}
                <span className="ml-auto shrink-0 text-muted-foreground text-xs">{company.id}</span>
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {term !== '' && (
          <Command.Group className={GROUP}>
            <Command.Item value="all" onSelect={() => go(`/companies?q=${encodeURIComponent(term)}`)} className={ITEM}>
              <Search aria-hidden className="size-4 shrink-0 text-muted-foreground" />
              {search.isSuccess && companies.length === 0
                ? `No company matches “${term}”. Open the full search`
                : `All matches for “${term}”`}
            </Command.Item>
          </Command.Group>
        )}
        <RegisterGroup
          options={onRegister}
          groupClass={GROUP}
          itemClass={ITEM}
          onOpen={(number) => go(`/companies/${number}`)}
        />
        {term === '' && (
          <Command.Group heading="Go to" className={GROUP}>
            {PAGES.map(({ href, label, icon: Icon }) => (
              <Command.Item key={href} value={label} onSelect={() => go(href)} className={ITEM}>
                <Icon aria-hidden className="size-4 shrink-0 text-muted-foreground" />
                {label}
              </Command.Item>
            ))}
          </Command.Group>
        )}
      </Command.List>
      {/* Only options may stand in a list of options. */}
      {search.error && (
        <p role="alert" className="px-5 pb-4 text-danger-text text-sm">
          {failureText(search.error)}
        </p>
      )}
      <p aria-live="polite" className="px-5 text-muted-foreground text-sm [&:not(:empty)]:pb-4">
        {onRegister.state}
      </p>
    </Command>
  );
}

function failureText(error: Error): string {
  return error instanceof ApiError ? `${error.title}. ${error.detail}` : 'The search failed. Try again.';
}
