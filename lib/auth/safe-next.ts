import type { Route } from 'next';

/** Where people land who were not on their way to anywhere. */
export const HOME: Route = '/';

/**
 * The address to go to after signing in, as far as it can be trusted: a path on this site.
 * @param value the `next` parameter as it came.
 * @returns the path, or the home page for anything that leads (or could be read as leading) elsewhere.
 */
export function safeNext(value: unknown): Route {
  if (typeof value !== 'string' || !value.startsWith('/')) return HOME;
  const base = 'https://site.invalid';
  if (!URL.canParse(value, base)) return HOME;
  const url = new URL(value, base);
  // Parsing resolves `//host`, `/\host` and control characters the way browsers do; what stays on the base is ours.
  if (url.origin !== base || url.pathname.startsWith('//') || isAuthPage(url.pathname)) return HOME;
  // Typed routes are checked at build time; this one comes from a person, and an unknown path is a 404 of ours.
  return `${url.pathname}${url.search}${url.hash}` as Route;
}

/** Going back to a sign-in page, or to an API address, after signing in would be a dead end. */
function isAuthPage(path: string): boolean {
  return /^\/(sign-in|sign-up|forgot-password|auth|api)(\/|$)/.test(path);
}
