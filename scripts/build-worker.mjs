import { build } from 'esbuild';
import { projectRoot } from './bootstrap/project.mjs';

// Bull and its dependencies are CommonJS and call require(), which an ES module does not have by itself.
const REQUIRE = "import{createRequire}from'node:module';const require=createRequire(import.meta.url);";

await build({
  absWorkingDir: projectRoot,
  entryPoints: ['workers/start-workers.ts', 'workers/health-check.ts'],
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  sourcemap: true,
  logLevel: 'warning',
  banner: { js: REQUIRE },
});
