import { requireSupportedNode } from './bootstrap/node-version.mjs';

requireSupportedNode();
const { runCommandLine } = await import('./bootstrap/user-error.mjs');
const { withStack } = await import('./bootstrap/with-stack.mjs');
await runCommandLine(() => withStack(process.argv.slice(2)));
