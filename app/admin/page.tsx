import { ShieldCheck } from 'lucide-react';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { isAdmin } from '@/lib/auth/admin';
import { getUser } from '@/lib/auth/session';

export const metadata: Metadata = { title: 'Admin' };

/** For everybody else this address does not exist. */
export default async function AdminPage() {
  const user = await getUser();
  if (!user || !(await isAdmin(user))) notFound();
  return (
    <main className="flex min-h-dvh items-center justify-center">
      <h1 className="sr-only">Admin</h1>
      <EmptyState
        icon={ShieldCheck}
        title="The queues, in Bull Board"
        action={
          <>
            <Button asChild variant="primary">
              <a href="/api/admin/bull-board">Open Bull Board</a>
            </Button>
            <Button asChild>
              <a href="/admin/removals">Requests for removal</a>
            </Button>
            <Button asChild>
              <a href="/">Back to oppSpot</a>
            </Button>
          </>
        }
      >
        What waits, runs and fails in each queue; retry, clean, pause. Every change is recorded.
      </EmptyState>
    </main>
  );
}
