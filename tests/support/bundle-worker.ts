import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { projectRoot } from '../../scripts/bootstrap/project.mjs';

export type BundledWorker = { file: string; remove(): void };

/** One file of a test's worker, as the product's own is built: it starts in a fraction of the time. */
export async function bundleWorker(entry: string): Promise<BundledWorker> {
  const folder = mkdtempSync(path.join(tmpdir(), 'oppspot-worker-'));
  const file = path.join(folder, 'worker.mjs');
  await build({
    absWorkingDir: projectRoot,
    entryPoints: [entry],
    outfile: file,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'warning',
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
