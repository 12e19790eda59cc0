import { requireSupportedNode } from './bootstrap/node-version.mjs';

requireSupportedNode();
const { runCommandLine } = await import('./bootstrap/user-error.mjs');
const { check } = await import('./test/check.mjs');
await runCommandLine(() => check(process.argv.slice(2)));
