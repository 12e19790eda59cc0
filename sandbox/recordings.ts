import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { z } from 'zod';

export const DEMO_RECORDINGS = join(import.meta.dirname, 'recordings');

/** What a provider once answered. */
export type Recording = { status: number; body: unknown };
/** A page or document, byte for byte. */
export type RecordedFile = { extension: string; bytes: Uint8Array; status: number; headers: Record<string, string> };

export type Recordings = {
  /** The recording of a request path such as `/company/00000006/officers`; the first folder that has it wins. */
  find(provider: string, path: string): Promise<Recording | null>;
  /**
   * The file of the first of these paths that is there. Beside a file `index.html`, `index.html.headers.json` may hold
   * `{"status", "headers"}` of its answer; without the file the answer has no body.
   */
  file(provider: string, paths: readonly string[]): Promise<RecordedFile | null>;
  /** Names of the recordings directly in a folder such as `/company`, without `.json`. */
  list(provider: string, folder: string): Promise<string[]>;
};

/** Recordings made by HTTP recorders wrap the answer. */
const wrapped = z.object({
  request: z.unknown(),
  status: z.union([z.number(), z.object({ code: z.coerce.number() }).transform(({ code }) => code)]),
  body: z.unknown(),
});
const errorDocument = z.looseObject({ errors: z.array(z.unknown()).min(1) });

const answerHead = z.object({
  status: z.number().int().min(200).max(599).default(200),
  headers: z.record(z.string(), z.string()).default({}),
});

/** Reads recordings from folders laid out as `<folder>/<provider>/<request path>.json`. Nothing is read before it is asked for. */
export function openRecordings(folders: readonly string[]): Recordings {
  return {
    async find(provider, path) {
      const file = fileOf(provider, path);
      if (file === null) return null;
      for (const folder of folders) {
        const content = await readIfThere(join(folder, `${file}.json`));
        if (content !== null) return toRecording(content.toString('utf8'));
      }
      return null;
    },
    async file(provider, paths) {
      const names = paths.map((path) => fileOf(provider, path)).filter((name) => name !== null);
      for (const folder of folders) {
        for (const name of names) {
          const recorded = await readFileWithHead(join(folder, name));
          if (recorded !== null) return recorded;
        }
      }
      return null;
    },
    async list(provider, path) {
      const names = new Set<string>();
      for (const folder of folders) {
        const entries = await readdir(join(folder, provider, path)).catch(() => []);
        for (const entry of entries) if (entry.endsWith('.json')) names.add(entry.slice(0, -'.json'.length));
      }
      return [...names].sort();
    },
  };
}

const NOT_THERE = ['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG'];

/** Only plain names: a request path must never lead out of the folders. */
function fileOf(provider: string, path: string): string | null {
  const names = path.split('/').filter((name) => name !== '');
  const plain = names.every((name) => /^[\w=~@.-]+$/.test(name) && !/^\.+$/.test(name));
  return plain && names.length > 0 ? join(provider, ...names) : null;
}

async function readFileWithHead(file: string): Promise<RecordedFile | null> {
  const [bytes, head] = await Promise.all([readIfThere(file), readIfThere(`${file}.headers.json`)]);
  if (bytes === null && head === null) return null;
  const { status, headers } = answerHead.parse(head === null ? {} : JSON.parse(head.toString('utf8')));
  return { extension: extname(file), bytes: bytes ?? new Uint8Array(), status, headers };
}

async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== undefined && NOT_THERE.includes(String(code))) return null;
    throw error;
  }
}

function toRecording(content: string): Recording {
  const parsed: unknown = JSON.parse(content);
  const recorder = wrapped.safeParse(parsed);
  const body = recorder.success ? bodyOf(recorder.data.body) : parsed;
  const status = recorder.success ? recorder.data.status : 200;
  return { status: status === 200 && errorDocument.safeParse(body).success ? 404 : status, body };
}

function bodyOf(body: unknown): unknown {
  const text = z.object({ string: z.string() }).safeParse(body);
  const raw = text.success ? text.data.string : body;
  return typeof raw === 'string' ? JSON.parse(raw) : raw;
}
