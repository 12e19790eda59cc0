import { requireSupportedNode } from './bootstrap/node-version.mjs';

requireSupportedNode();
const { runCommandLine } = await import('./bootstrap/user-error.mjs');
const { chaos } = await import('./test/chaos.mjs');
await runCommandLine(() => chaos(process.argv.slice(2)));
// A connection that a fault has left half open must not keep a finished run alive.
process.exit();
