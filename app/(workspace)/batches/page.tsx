import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import { z } from 'zod';
import { BatchList } from '@/components/batches/batch-list';
import { BATCHES_ON_PAGE } from '@/components/batches/batches-on-page';
import { PageHeader } from '@/components/shell/page-header';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ListSkeleton } from '@/components/ui/list-skeleton';
import { listBatches } from '@/lib/batches/batch-ledger';
import { toBatch } from '@/lib/http/batches/batch-body';
import { userClient } from '@/lib/supabase/user-client';
import { signedInUser } from '../signed-in-user';

export const metadata: Metadata = { title: 'Batches' };

const filterSchema = z.object({ cursor: z.string().max(500).optional().catch(undefined) });

export default async function BatchesPage({ searchParams }: PageProps<'/batches'>) {
  await signedInUser();
  const { cursor } = filterSchema.parse(await searchParams);
  return (
    <>
      <PageHeader
        title="Batches"
        actions={
          <Button asChild variant="primary">
            <Link href="/batches/new">
              <Plus aria-hidden />
              New batch
            </Link>
          </Button>
        }
      >
        One kind of work on many companies, in the background.
      </PageHeader>
      <Card>
        <Suspense key={cursor ?? ''} fallback={<ListSkeleton rows={6} label="Loading batches" />}>
          <Batches cursor={cursor} />
        </Suspense>
      </Card>
    </>
  );
}

async function Batches({ cursor }: { cursor: string | undefined }) {
  const user = await signedInUser();
  const page = await listBatches(userClient(user.accessToken), user.id, { cursor, limit: BATCHES_ON_PAGE });
  return <BatchList cursor={cursor} initial={{ ...page, items: page.items.map(toBatch) }} />;
}
