import { UserX } from 'lucide-react';
import type { Metadata, Route } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { PageHeader } from '@/components/shell/page-header';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterLinks } from '@/components/ui/filter-links';
import { Pager } from '@/components/ui/pager';
import { isAdmin } from '@/lib/auth/admin';
import { getUser } from '@/lib/auth/session';
import { listRemovals } from '@/lib/privacy/removals';
import { RemovalRow } from './removal-row';

export const metadata: Metadata = { title: 'Requests for removal' };

const PAGE_SIZE = 25;
const filterSchema = z.object({
  show: z.enum(['open', 'decided']).catch('open'),
  page: z.coerce.number().int().min(1).max(1_000).catch(1),
});
const addressOf = (show: string, page: number) => `/admin/removals?show=${show}&page=${page}` as Route;

/** What people ask who do not want to be named. For everybody but admins this address does not exist. */
export default async function RemovalsPage({ searchParams }: PageProps<'/admin/removals'>) {
  const user = await getUser();
  if (!user || !(await isAdmin(user))) notFound();
  const { show, page } = filterSchema.parse(await searchParams);
  const offset = (page - 1) * PAGE_SIZE;
  const { items, total } = await listRemovals({ status: show, limit: PAGE_SIZE, offset });
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-4xl flex-col px-4 py-8 sm:px-8">
      <PageHeader title="Requests for removal" actions={<Link href="/admin">Admin</Link>}>
        Once accepted, a name is left out of every new report and removed from what exists within minutes. Check first
        that the person is the one who asks.
      </PageHeader>
      <Card>
        <FilterLinks
          label="Show"
          options={[
            { label: 'Waiting', href: addressOf('open', 1), current: show === 'open' },
            { label: 'Decided', href: addressOf('decided', 1), current: show === 'decided' },
          ]}
        />
        {items.length === 0 ? (
          <EmptyState icon={UserX} title={show === 'open' ? 'Nobody waits for an answer' : 'Nothing was decided yet'}>
            The form is at /removal, linked from the sign-in page and from shared reports.
          </EmptyState>
        ) : (
          <ul className="divide-y">
            {items.map((removal) => (
              <RemovalRow key={removal.id} removal={removal} />
            ))}
          </ul>
        )}
        <Pager
          first={page > 1 ? addressOf(show, 1) : null}
          next={offset + items.length < total ? addressOf(show, page + 1) : null}
        />
      </Card>
    </main>
  );
}
