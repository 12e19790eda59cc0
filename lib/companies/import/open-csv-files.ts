import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { type Entry, open, type ZipFile } from 'yauzl';
import { AppError } from '@/lib/errors';

/** One file to read: a file of its own, or a member of an archive. */
export type CsvFile = {
  /** As shown to a person: `part1.zip/BasicCompanyData-...csv` for a member of an archive. */
  name: string;
  /** Unpacked. */
  bytes: number;
  /** The date in the file's name, which the register puts there; null when there is none. */
  asOf: string | null;
  open(): Promise<Readable>;
};

/**
 * The CSV files behind a path, one after the other: the file itself, or every CSV of a `.zip`.
 * An archive stays open while its members are read and is closed afterwards.
 * @throws AppError `invalid_request` when there is no such file, or the archive cannot be read or holds no CSV.
 */
export function openCsvFiles(path: string): AsyncGenerator<CsvFile> {
  return openDataFiles(path, 'CSV', /\.csv$/i);
}

/**
 * As `openCsvFiles`, for files of any kind.
 * @param kind as people call it, for messages.
 * @param ending of the wanted members of an archive.
 */
export async function* openDataFiles(path: string, kind: string, ending: RegExp): AsyncGenerator<CsvFile> {
  const size = await fileSize(path);
  if (!path.toLowerCase().endsWith('.zip')) {
    yield { name: basename(path), bytes: size, asOf: dateIn(basename(path)), open: async () => createReadStream(path) };
    return;
  }
  const archive = await openArchive(path);
  try {
    let found = 0;
    for await (const entry of entriesOf(archive, path)) {
      if (!ending.test(entry.fileName) || isShadow(entry.fileName)) continue;
      found += 1;
      yield {
        name: `${basename(path)}/${entry.fileName}`,
        bytes: entry.uncompressedSize,
        asOf: dateIn(basename(entry.fileName)) ?? dateIn(basename(path)),
        open: () => openEntry(archive, entry),
      };
    }
    if (found === 0) throw new AppError('invalid_request', { detail: `${path} holds no ${kind} file.` });
  } finally {
    archive.close();
  }
}

async function fileSize(path: string): Promise<number> {
  try {
    const stats = await stat(path);
    if (stats.isFile()) return stats.size;
  } catch (cause) {
    throw new AppError('invalid_request', { detail: `There is no readable file ${path}.`, cause });
  }
  throw new AppError('invalid_request', { detail: `${path} is not a file.` });
}

function openArchive(path: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false }, (cause, archive) => {
      if (archive) return resolve(archive);
      reject(new AppError('invalid_request', { detail: `${path} is not a readable zip archive.`, cause }));
    });
  });
}

/** yauzl tells of one entry after the other by events; this asks for the next only when it is wanted. */
async function* entriesOf(archive: ZipFile, path: string): AsyncGenerator<Entry> {
  for (;;) {
    const entry = await new Promise<Entry | null>((resolve, reject) => {
      const settle = (finish: () => void) => {
        archive.removeAllListeners();
        finish();
      };
      archive.once('entry', (next: Entry) => settle(() => resolve(next)));
      archive.once('end', () => settle(() => resolve(null)));
      archive.once('error', (cause: unknown) =>
        settle(() => reject(new AppError('invalid_request', { detail: `${path} is damaged.`, cause }))),
      );
      archive.readEntry();
    });
    if (entry === null) return;
    yield entry;
  }
}

function openEntry(archive: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    archive.openReadStream(entry, (cause, stream) => {
      if (stream) return resolve(stream);
      reject(new AppError('invalid_request', { detail: `${entry.fileName} cannot be unpacked.`, cause }));
    });
  });
}

/** Archives made on a Mac carry a shadow of every file under `__MACOSX/`. */
function isShadow(name: string): boolean {
  return name.startsWith('__MACOSX/') || basename(name).startsWith('._');
}

function dateIn(name: string): string | null {
  const [, year, month, day] = name.match(/(20\d{2})[-_](\d{2})[-_](\d{2})/) ?? [];
  return year === undefined ? null : `${year}-${month}-${day}`;
}
