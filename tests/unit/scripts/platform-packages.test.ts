import { describe, expect, it } from 'vitest';
import { missingFromLock, platformPackages } from '../../../scripts/bootstrap/platform-packages.mjs';

const native = { optional: true };
const lock = {
  packages: {
    'node_modules/next': {
      optionalDependencies: {
        '@next/swc-linux-x64-gnu': '1',
        '@next/swc-linux-x64-musl': '1',
        '@next/swc-darwin-arm64': '1',
      },
    },
    'node_modules/esbuild': {
      optionalDependencies: { '@esbuild/linux-x64': '1', '@esbuild/darwin-arm64': '1', '@esbuild/linux-arm64': '1' },
    },
    'node_modules/sharp': {
      optionalDependencies: { '@img/sharp-linux-x64': '1', '@img/sharp-linuxmusl-x64': '1', '@img/sharp-wasm32': '1' },
    },
    'node_modules/@next/swc-linux-x64-gnu': native,
    'node_modules/@next/swc-linux-x64-musl': native,
    'node_modules/@esbuild/linux-x64': native,
    'node_modules/esbuild/node_modules/@esbuild/darwin-arm64': native,
    'node_modules/@img/sharp-linux-x64': native,
    'node_modules/@img/sharp-linuxmusl-x64': native,
  },
};
const debian = { platform: 'linux', arch: 'x64', libc: 'glibc' as const };
const alpine = { platform: 'linux', arch: 'x64', libc: 'musl' as const };
const mac = { platform: 'darwin', arch: 'arm64', libc: null };

describe('native packages of a platform', () => {
  it('are found by their names, for the C library that is there', () => {
    expect(platformPackages(lock, debian)).toEqual([
      '@esbuild/linux-x64',
      '@img/sharp-linux-x64',
      '@next/swc-linux-x64-gnu',
    ]);
    expect(platformPackages(lock, alpine)).toContain('@next/swc-linux-x64-musl');
    expect(platformPackages(lock, alpine)).not.toContain('@next/swc-linux-x64-gnu');
  });

  it('are all in a lock that was written on that platform', () => {
    expect(missingFromLock(lock, debian)).toEqual([]);
    expect(missingFromLock(lock, alpine)).toEqual([]);
  });

  it('are named when the lock knows them by name only', () => {
    expect(missingFromLock(lock, mac)).toEqual(['@next/swc-darwin-arm64']);
  });
});
