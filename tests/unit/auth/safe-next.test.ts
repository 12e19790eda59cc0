import { describe, expect, test } from 'vitest';
import { safeNext } from '@/lib/auth/safe-next';

describe('the address to go to after signing in', () => {
  test.each(['/companies/DM000001', '/companies?q=acme&page=2', '/reports/1#section', '/a//b'])(
    'keeps the path %s',
    (path) => {
      expect(safeNext(path)).toBe(path);
    },
  );

  test.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/..//evil.example',
    'javascript:alert(1)',
    'companies',
    '',
    undefined,
    ['/a', '/b'],
  ])('does not lead away from the site: %j', (value) => {
    expect(safeNext(value)).toBe('/');
  });

  test.each(['/sign-in', '/sign-in?next=/x', '/auth/sign-out', '/api/jobs'])(
    'does not lead in a circle: %s',
    (path) => {
      expect(safeNext(path)).toBe('/');
    },
  );
});
