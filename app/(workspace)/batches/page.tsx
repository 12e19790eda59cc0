import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { z } from 'zod';
import { BatchList } from '@/components/batches/batch-list';
import { PageHeader } from '@/components/shell/page-header';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
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
        <BatchList key={cursor ?? ''} cursor={cursor} />
      </Card>
    </>
  );
}
