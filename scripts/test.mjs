import { requireSupportedNode } from './bootstrap/node-version.mjs';

requireSupportedNode();
const { runCommandLine } = await import('./bootstrap/user-error.mjs');
const { test } = await import('./test/test.mjs');
await runCommandLine(() => test(process.argv.slice(2)));
