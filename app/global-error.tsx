'use client';

import './globals.css';

/** When even the frame of the page failed: no providers, no components, nothing that could fail again. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en-GB">
      <head>
        <title>Something went wrong · oppSpot</title>
      </head>
      <body className="flex min-h-dvh items-center justify-center p-6 font-sans text-sm antialiased">
        <main role="alert" className="flex max-w-md flex-col items-center gap-3 text-center">
          <h1 className="font-semibold text-base">oppSpot could not be loaded</h1>
          <p className="text-muted-foreground">
            Nothing is lost, and work that was started goes on. Try again in a moment.
          </p>
          <button
            type="button"
            onClick={reset}
            className="h-9 rounded-md bg-accent px-4 font-medium text-accent-foreground hover:bg-accent-hover"
          >
            Try again
          </button>
          {error.digest && (
            <p className="text-muted-foreground text-xs">Report this number if it happens again: {error.digest}</p>
          )}
        </main>
      </body>
    </html>
  );
}
