'use client';

import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useRef, useState, useTransition } from 'react';
import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';
import { Select } from '@/components/ui/select';
import { Spinner } from '@/components/ui/spinner';

type CompanySearchFormProps = {
  q: string;
  status: string;
  /** Register status codes with their words. */
  statuses: readonly { code: string; words: string }[];
};

const SETTLE_MS = 250;

/** The search is its address: typing changes the address once the typing pauses; without scripts it is a plain form. */
export function CompanySearchForm({ q, status, statuses }: CompanySearchFormProps) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [text, setText] = useState(q);
  const asked = useRef(q);
  const show = (nextText: string, nextStatus: string) => {
    asked.current = nextText;
    const set = Object.entries({ q: nextText.trim(), status: nextStatus }).filter(([, value]) => value !== '');
    const query = new URLSearchParams(set).toString();
    startTransition(() => router.replace(query === '' ? '/companies' : `/companies?${query}`, { scroll: false }));
  };
  // The address changed by other means (back, a link): the box follows it.
  useEffect(() => {
    if (q !== asked.current.trim()) {
      asked.current = q;
      setText(q);
    }
  }, [q]);
  const showRef = useRef(show);
  useEffect(() => {
    showRef.current = show;
  });
  useEffect(() => {
    if (text === asked.current) return;
    const timer = setTimeout(() => showRef.current(text, status), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text, status]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    show(text, status);
  };
  return (
    <search>
      <form action="/companies" onSubmit={submit} className="flex flex-wrap items-center gap-2 border-b p-3">
        <div className="relative min-w-0 flex-1 basis-64">
          <Label htmlFor="company-search" className="sr-only">
            Company name or number
          </Label>
          {pending ? (
            <Spinner className="pointer-events-none absolute top-2.5 left-3 text-muted-foreground" />
          ) : (
            <Search aria-hidden className="pointer-events-none absolute top-2.5 left-3 size-4 text-muted-foreground" />
          )}
          <Input
            id="company-search"
            name="q"
            type="search"
            value={text}
            onChange={(event) => setText(event.target.value)}
            placeholder="Company name or number"
            autoComplete="off"
            maxLength={200}
            className="pl-9"
          />
        </div>
        <Label htmlFor="company-status" className="sr-only">
          Status
        </Label>
        <Select id="company-status" name="status" value={status} onChange={(event) => show(text, event.target.value)}>
          <option value="">Any status</option>
          {statuses.map(({ code, words }) => (
            <option key={code} value={code}>
              {words}
            </option>
          ))}
        </Select>
        <button type="submit" className="sr-only focus:not-sr-only">
          Search
        </button>
        <p aria-live="polite" className="sr-only">
          {pending ? 'Searching' : ''}
        </p>
      </form>
    </search>
  );
}
