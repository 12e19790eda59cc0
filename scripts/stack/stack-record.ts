import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { formatEnvFile } from '../bootstrap/env-file.mjs';

const processSchema = z.object({ name: z.string(), pid: z.number(), start: z.string().nullable() });
const recordSchema = z.object({
  /** The supervisor; null when the stack was stopped. */
  pid: z.number().nullable(),
  startedAt: z.string().nullable(),
  urls: z.object({
    app: z.string(),
    /** Of every web process, by its name. */
    webs: z.record(z.string(), z.string()).optional(),
    redis: z.string().optional(),
    supabase: z.string().optional(),
    sandbox: z.string().optional(),
    database: z.string().optional(),
  }),
  /** Ports of the embedded parts, taken again by the next start. */
  ports: z.record(z.string(), z.number()),
  processes: z.array(processSchema),
});

/** What `<data folder>/stack.json` says of the stack that runs, or ran last, on the folder. */
export type StackRecord = z.infer<typeof recordSchema>;
export type StackProcess = z.infer<typeof processSchema>;

/** @returns the record of a data folder, or null when there is none or it cannot be read. */
export function readStackRecord(folder: string): StackRecord | null {
  try {
    return recordSchema.parse(JSON.parse(fs.readFileSync(path.join(folder, 'stack.json'), 'utf8')));
  } catch {
    return null;
  }
}

/** Writes the record; readable by its owner only, because addresses carry passwords. */
export function writeStackRecord(folder: string, record: StackRecord): void {
  writePrivately(path.join(folder, 'stack.json'), `${JSON.stringify(record, null, 2)}\n`);
}

/** Writes the configuration that is in force, for the other commands to find. */
export function writeStackEnvironment(folder: string, variables: Record<string, string>): void {
  writePrivately(path.join(folder, 'stack.env'), formatEnvFile(variables));
}

/** Until the new configuration is written, the other commands must not go to the old addresses. */
export function forgetStackEnvironment(folder: string): void {
  fs.rmSync(path.join(folder, 'stack.env'), { force: true });
}

/** Renamed into place, so that a reader never sees half a file. */
function writePrivately(file: string, text: string): void {
  fs.writeFileSync(`${file}.new`, text, { mode: 0o600 });
  fs.renameSync(`${file}.new`, file);
}
