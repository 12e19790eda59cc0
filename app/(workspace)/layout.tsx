import { type ReactNode, Suspense } from 'react';
import { AppShell } from '@/components/shell/app-shell';
import { QuotaMeter } from '@/components/shell/quota-meter';
import { Skeleton } from '@/components/ui/skeleton';
import { isAdmin } from '@/lib/auth/admin';
import { getQuota } from '@/lib/quota/get-quota';
import { signedInUser } from './signed-in-user';

export default async function WorkspaceLayout({ children }: { children: ReactNode }) {
  const user = await signedInUser();
  // Only a link in the menu hangs on it; the admin pages ask again for themselves.
  const admin = await isAdmin(user).catch(() => false);
  return (
    <AppShell
      email={user.email}
      isAdmin={admin}
      quota={
        <Suspense fallback={<Skeleton className="h-16" />}>
          <ShellQuota userId={user.id} />
        </Suspense>
      }
    >
      {children}
    </AppShell>
  );
}

/** The frame around every page does without the quota when it cannot be read: the page itself says what is wrong. */
async function ShellQuota({ userId }: { userId: string }) {
  const quota = await getQuota(userId).catch(() => null);
  return quota ? <QuotaMeter quota={quota} /> : null;
}
