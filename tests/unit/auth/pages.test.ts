import { describe, expect, test } from 'vitest';
import { isPublicPage } from '@/lib/auth/public-pages';
import { contentSecurityPolicy } from '@/lib/auth/security-headers';

describe('pages', () => {
  test.each(['/sign-in', '/sign-up', '/forgot-password', '/reset-password', '/auth/confirm', '/dev/mailbox'])(
    '%s is open to the signed-out',
    (path) => {
      expect(isPublicPage(path)).toBe(true);
    },
  );

  test.each(['/', '/companies', '/jobs/research:X:1', '/admin', '/sign-in-as', '/authors', '/dev'])(
    '%s is for the signed-in',
    (path) => {
      expect(isPublicPage(path)).toBe(false);
    },
  );

  test('run only scripts with the nonce of their own answer', () => {
    const policy = contentSecurityPolicy({ nonce: 'abc', development: false, https: true });
    expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe-eval');
  });
});
