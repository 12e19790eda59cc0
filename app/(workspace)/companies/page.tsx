import { Building2, SearchX } from 'lucide-react';
import type { Metadata, Route } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import { z } from 'zod';
import { CompanySearchForm } from '@/components/companies/company-search-form';
import { CompanySelectionProvider } from '@/components/companies/company-selection';
import { RegisterMatches } from '@/components/companies/register-matches';
import { SelectableCompanies } from '@/components/companies/selectable-companies';
import { PageHeader } from '@/components/shell/page-header';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { ListSkeleton } from '@/components/ui/list-skeleton';
import { Pager } from '@/components/ui/pager';
import { searchCompanies } from '@/lib/companies/company-repository';
import { companyStatusText } from '@/lib/companies/enumerations/register-text';
import { userClient } from '@/lib/supabase/user-client';
import { signedInUser } from '../signed-in-user';
import { toCompanyView } from './to-company-view';

export const metadata: Metadata = { title: 'Companies' };

/** The statuses worth choosing; a search shows every status. */
const STATUSES = ['active', 'dissolved', 'liquidation', 'administration', 'receivership', 'voluntary-arrangement'];

const filterSchema = z.object({
  q: z.string().trim().max(200).catch(''),
  status: z.string().max(50).catch(''),
  cursor: z.string().max(500).optional().catch(undefined),
});
type Filter = z.infer<typeof filterSchema>;

export default async function CompaniesPage({ searchParams }: PageProps<'/companies'>) {
  await signedInUser();
  const filter = filterSchema.parse(await searchParams);
  return (
    <>
      <PageHeader title="Companies" />
      <Card>
        <CompanySearchForm
          q={filter.q}
          status={filter.status}
          statuses={STATUSES.map((code) => ({ code, words: companyStatusText(code) }))}
        />
        <CompanySelectionProvider>
          <Suspense key={address(filter)} fallback={<ListSkeleton rows={10} label="Loading companies" />}>
            <Companies filter={filter} />
          </Suspense>
        </CompanySelectionProvider>
      </Card>
    </>
  );
}

async function Companies({ filter }: { filter: Filter }) {
  const user = await signedInUser();
  const page = await searchCompanies(userClient(user.accessToken), {
    q: filter.q || undefined,
    status: filter.status || undefined,
    cursor: filter.cursor,
  });
  const onRegister = filter.q !== '' && !filter.cursor && (
    <RegisterMatches q={filter.q} status={filter.status} shown={page.items.map(({ id }) => id)} />
  );
  if (page.items.length === 0) {
    return (
      <>
        <NoCompanies filter={filter} />
        {onRegister}
      </>
    );
  }
  return (
    <>
      <SelectableCompanies
        companies={page.items.map(toCompanyView)}
        filter={{ ...(filter.q ? { q: filter.q } : {}), ...(filter.status ? { status: filter.status } : {}) }}
        found={filter.cursor || page.next_cursor ? null : page.items.length}
      />
      <Pager
        first={filter.cursor ? address({ ...filter, cursor: undefined }) : null}
        next={page.next_cursor ? address({ ...filter, cursor: page.next_cursor }) : null}
      />
      {onRegister}
    </>
  );
}

function NoCompanies({ filter }: { filter: Filter }) {
  if (filter.q === '' && filter.status === '') {
    return (
      <EmptyState icon={Building2} title="No companies yet">
        Search for one above: what Companies House has can be opened at once. To have many at hand, load the register's
        company file with <code>npm run companies:import</code>; the README says where it comes from.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={SearchX}
      title={filter.q === '' ? 'No company has this status' : `No company in the workspace matches “${filter.q}”`}
      action={
        <Button asChild>
          <Link href="/companies">Show all companies</Link>
        </Button>
      }
    >
      Try fewer words, another spelling, the company number{filter.status === '' ? '' : ', or any status'}.
    </EmptyState>
  );
}

function address({ q, status, cursor }: Filter): Route {
  const set = Object.entries({ q, status, cursor: cursor ?? '' }).filter(([, value]) => value !== '');
  const query = new URLSearchParams(set).toString();
  return query === '' ? '/companies' : `/companies?${query}`;
}
