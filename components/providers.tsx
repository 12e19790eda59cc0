'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ThemeProvider } from 'next-themes';
import { type ReactNode, useState } from 'react';
import { KeepPageOffline } from '@/components/http/keep-page-offline';
import { Toaster } from '@/components/ui/toaster';
import { TooltipProvider } from '@/components/ui/tooltip';

type ProvidersProps = {
  /** Of this response's content security policy; the theme script in the page's head carries it. */
  nonce: string | undefined;
  children: ReactNode;
};

export function Providers({ nonce, children }: ProvidersProps) {
  const [queryClient] = useState(
    () => new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 30_000 } } }),
  );
  return (
    <ThemeProvider attribute="class" defaultTheme="system" disableTransitionOnChange {...(nonce ? { nonce } : {})}>
      <QueryClientProvider client={queryClient}>
        <TooltipProvider delayDuration={300}>{children}</TooltipProvider>
        <Toaster />
        <KeepPageOffline />
      </QueryClientProvider>
    </ThemeProvider>
  );
}
