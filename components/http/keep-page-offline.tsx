'use client';

import { useEffect } from 'react';

/**
 * Keeps the page when the network goes while it is being refreshed. Next 16 answers a refresh that fails by loading the
 * page anew, and the browser would then show its own error in its place. The page is loaded anew once the network is
 * back. A browser without the Navigation API behaves as before.
 */
export function KeepPageOffline() {
  useEffect(() => {
    if (!('navigation' in window)) return;
    const { navigation } = window;
    navigation.addEventListener('navigate', stay);
    return () => navigation.removeEventListener('navigate', stay);
  }, []);
  return null;
}

/** What a person asks for is left to the browser. */
function stay(event: NavigateEvent): void {
  if (navigator.onLine || event.userInitiated || !event.cancelable || event.destination.sameDocument) return;
  if (new URL(event.destination.url).pathname !== window.location.pathname) return;
  event.preventDefault();
  window.addEventListener('online', () => window.location.reload(), { once: true });
}
