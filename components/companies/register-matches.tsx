'use client';

import { Landmark } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { ApiError } from '@/components/http/api-fetch';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { LinkHint } from '@/components/ui/link-hint';
import { ListSkeleton } from '@/components/ui/list-skeleton';
import type { RegisterCompany } from '@/lib/companies/schema';
import { CompanyStatusBadge, DemoBadge } from './status-badge';
import { FEW_COMPANIES, isSearchable, useRegisterSearch } from './use-register-search';

const SHOWN = 20;

type RegisterMatchesProps = {
  q: string;
  /** Status code to keep to; '' for any. */
  status: string;
  /** Numbers that the list above shows already. */
  shown: readonly string[];
};

/** What the register itself has under a name, below what the workspace has: asked after it, and only when it has little. */
export function RegisterMatches({ q, status, shown }: RegisterMatchesProps) {
  const [pressedFor, setPressedFor] = useState<string | null>(null);
  const wanted = shown.length < FEW_COMPANIES || pressedFor === q;
  const { data, error, refetch } = useRegisterSearch(q, wanted, SHOWN);
  if (!isSearchable(q)) return null;
  const found = data?.items.filter(({ id, status: its }) => !shown.includes(id) && (status === '' || its === status));
  return (
    <section aria-labelledby="on-the-register" className="border-t" aria-busy={wanted && !data && !error}>
      <h2 id="on-the-register" className="px-4 pt-4 pb-1 font-medium text-sm">
        On the register
      </h2>
      {!wanted && (
        <div className="px-4 pt-1 pb-4">
          <Button
            size="sm"
            onClick={() => setPressedFor(q)}
            className="h-auto max-w-full whitespace-normal break-words py-1.5 text-left"
          >
            <Landmark aria-hidden />
            Search Companies House for “{q}”
          </Button>
        </div>
      )}
      {wanted && error && <RegisterFailure error={error} onRetry={() => void refetch()} />}
      {wanted && !error && !found && <ListSkeleton rows={3} label="Searching the register" />}
      {wanted && !error && found && <RegisterList companies={found} hasOthers={shown.length > 0} status={status} />}
    </section>
  );
}

function RegisterFailure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const again = (
    <Button size="sm" onClick={onRetry}>
      Try again
    </Button>
  );
  return (
    <Alert tone="warning" title="The register could not be asked" action={again} className="mx-4 mt-1 mb-4">
      {error instanceof ApiError ? error.detail : 'Try again in a moment.'}
    </Alert>
  );
}

type RegisterListProps = { companies: readonly RegisterCompany[]; hasOthers: boolean; status: string };

function RegisterList({ companies, hasOthers, status }: RegisterListProps) {
  if (companies.length === 0) {
    return (
      <p role="status" className="px-4 pb-4 text-muted-foreground text-sm">
        Companies House has {hasOthers ? 'no others' : 'none either'} under this name or number
        {status === '' ? '' : ' with this status'}.
      </p>
    );
  }
  return (
    <>
      <p role="status" className="px-4 pb-2 text-muted-foreground text-sm">
        Opening one adds it to the workspace.
      </p>
      <ul aria-label="On the register" className="divide-y border-t">
        {companies.map((company) => (
          <RegisterRow key={company.id} company={company} />
        ))}
      </ul>
    </>
  );
}

function RegisterRow({ company }: { company: RegisterCompany }) {
  const { id, name, status, address_line: address, previous_names: former, is_demo: isDemo } = company;
  return (
    <li className="relative flex flex-col gap-1 px-4 py-2.5 transition-colors hover:bg-muted">
      <div className="flex min-w-0 items-center gap-2">
        {/* Opening reads the register: nothing is fetched ahead. */}
        <Link
          href={`/companies/${id}`}
          prefetch={false}
          className="min-w-0 break-words font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-sm focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
        >
          {name}
          <LinkHint />
        </Link>
        {isDemo && <DemoBadge />}
      </div>
      <div className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1 text-[0.8125rem] text-muted-foreground">
        <span>{id}</span>
        <CompanyStatusBadge status={status && statusWords(status)} />
        {address && <span className="min-w-0 break-words">{address}</span>}
        {former[0] && <span className="min-w-0 break-words">Formerly {former[0].name}</span>}
      </div>
    </li>
  );
}

/** `voluntary-arrangement` as "Voluntary arrangement". */
function statusWords(code: string): string {
  return `${code.charAt(0).toUpperCase()}${code.slice(1).replaceAll('-', ' ')}`;
}
