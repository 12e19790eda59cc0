import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { Providers } from '@/components/providers';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'oppSpot', template: '%s · oppSpot' },
  description: 'Company research in which every sentence can be checked.',
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fafafb' },
    { media: '(prefers-color-scheme: dark)', color: '#0d0e11' },
  ],
};

/** Reading the nonce makes every page dynamic, which a page under a nonce policy has to be. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    <html lang="en-GB" suppressHydrationWarning>
      <body className="min-h-dvh font-sans text-sm antialiased">
        <Providers nonce={nonce}>{children}</Providers>
      </body>
    </html>
  );
}
