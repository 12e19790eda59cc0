import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { BatchView } from '@/components/batches/batch-view';
import { readBatch } from '@/lib/batches/batch-ledger';
import { toBatch } from '@/lib/http/batches/batch-body';
import { batchOutcomeSchema } from '@/types/batches';
import { signedInUser } from '../../signed-in-user';

export const metadata: Metadata = { title: 'Batch' };

/** An unknown value in the address counts as no filter. */
const filterSchema = z.object({
  outcome: batchOutcomeSchema.optional().catch(undefined),
  cursor: z.string().max(500).optional().catch(undefined),
});

export default async function BatchPage({ params, searchParams }: PageProps<'/batches/[id]'>) {
  const user = await signedInUser();
  const { id } = await params;
  const row = z.uuid().safeParse(id).success ? await readBatch(id, user.id) : null;
  if (!row) notFound();
  const { outcome, cursor } = filterSchema.parse(await searchParams);
  return (
    <>
      <p className="mb-2 text-[0.8125rem] text-muted-foreground">
        <Link href="/batches" className="underline-offset-4 hover:underline">
          All batches
        </Link>
      </p>
      <BatchView batchId={id} initial={toBatch(row)} outcome={outcome} cursor={cursor} />
    </>
  );
}
