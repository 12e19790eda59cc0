import { requireSupportedNode } from './bootstrap/node-version.mjs';

requireSupportedNode();
const { runCommandLine } = await import('./bootstrap/user-error.mjs');
const { start } = await import('./bootstrap/start.mjs');
await runCommandLine(() => start(process.argv.slice(2)));
