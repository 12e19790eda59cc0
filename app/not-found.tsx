import type { Metadata } from 'next';
import { NotFound } from '@/components/shell/not-found';

export const metadata: Metadata = { title: 'Not found' };

export default function RootNotFound() {
  return (
    <main className="flex min-h-dvh items-center justify-center">
      <NotFound />
    </main>
  );
}
