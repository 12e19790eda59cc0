import { describe, expect, test } from 'vitest';
import { identity, postgresAccount } from '../../../scripts/local-supabase/unprivileged-account';

const isRoot = process.getuid?.() === 0;
const ROOT = 'root:x:0:0:root:/root:/bin/bash';
const NOBODY = 'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin';
const NODE = 'node:x:1000:1000::/home/node:/bin/bash';

describe.runIf(isRoot)('started by root, Postgres runs', () => {
  test('as the first account that exists and is not root', () => {
    expect(postgresAccount([ROOT, NOBODY, NODE].join('\n'))).toEqual({ name: 'node', uid: 1000, gid: 1000 });
    expect(postgresAccount([ROOT, NOBODY].join('\n'))).toEqual({ name: 'nobody', uid: 65534, gid: 65534 });
  });

  test('not at all where there is only root, and says what to do', () => {
    expect(() => postgresAccount(ROOT)).toThrow('none of the accounts postgres, node, nobody exists');
  });
});

describe.runIf(!isRoot)('started by an ordinary user, Postgres runs', () => {
  test('as that user', () => {
    expect(identity(postgresAccount(NODE))).toEqual({});
  });
});
