import type { Metadata } from 'next';
import Link from 'next/link';
import { PageHeader } from '@/components/shell/page-header';
import { signedInUser } from '../../signed-in-user';
import { NewBatchForm } from './new-batch-form';

export const metadata: Metadata = { title: 'New batch' };

export default async function NewBatchPage() {
  await signedInUser();
  return (
    <>
      <PageHeader title="New batch">
        Or{' '}
        <Link href="/companies" className="text-accent-text underline underline-offset-4">
          choose companies by search
        </Link>{' '}
        and run on what you find.
      </PageHeader>
      <NewBatchForm />
    </>
  );
}
