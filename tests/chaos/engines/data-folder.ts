import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A data folder for one run. Others may pass through it: started by root, Postgres runs under another account. */
export function createDataFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'oppspot-chaos-'));
  fs.chmodSync(folder, 0o711);
  return folder;
}

export function removeDataFolder(folder: string): void {
  fs.rmSync(folder, { recursive: true, force: true });
}
