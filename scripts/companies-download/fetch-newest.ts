import { existsSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { dataFolder } from '../bootstrap/project.mjs';
import { downloadFile } from './download-file';
import { newestFile } from './newest-file';

/** The register's own page of downloads; COMPANIES_DOWNLOAD_URL names a mirror of it. */
const DOWNLOAD_PAGE = 'https://download.companieshouse.gov.uk/en_output.html';
const SHOWN_EVERY_MS = 5_000;

/** The month's file on this machine, and a way to remember that it was imported. */
export type MonthlyFile = { path: string; month: string; isImported: boolean; noteImported(): void };

/**
 * The newest monthly file, downloaded unless it is already there.
 * @throws AppError as `downloadFile` and `newestFile` do, `invalid_request` for an address that is none.
 */
export async function fetchNewest(signal: AbortSignal): Promise<MonthlyFile> {
  const page = pageAddress();
  const { url, name, month } = newestFile(await readPage(page, signal), page);
  const folder = path.join(dataFolder(process.env), 'downloads');
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, name);
  if (!existsSync(file) && !existsSync(`${file}.imported`)) {
    console.log(`Downloading ${url.href}`);
    await downloadFile(url, file, signal, showBytes(name));
  }
  return {
    path: file,
    month,
    isImported: existsSync(`${file}.imported`),
    noteImported: () => writeFileSync(`${file}.imported`, `${new Date().toISOString()}\n`),
  };
}

function pageAddress(): URL {
  const address = process.env.COMPANIES_DOWNLOAD_URL || DOWNLOAD_PAGE;
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return new URL(address);
  throw new AppError('invalid_request', { detail: 'COMPANIES_DOWNLOAD_URL is not an address of the web.' });
}

async function readPage(page: URL, signal: AbortSignal): Promise<string> {
  try {
    const response = await fetch(page, { signal: AbortSignal.timeout(30_000) });
    if (response.ok) return await response.text();
    throw new Error(`status ${response.status}`);
  } catch (cause) {
    signal.throwIfAborted();
    const detail = `${page.host} did not show its downloads. A file that is already here can be imported by its name.`;
    throw new AppError('provider_unavailable', { detail, cause });
  }
}

function showBytes(name: string) {
  let shownAt = performance.now();
  return (bytes: number, total: number | null) => {
    if (performance.now() - shownAt < SHOWN_EVERY_MS) return;
    shownAt = performance.now();
    const of = total === null ? '' : ` of ${Math.round(total / 1e6)}`;
    console.log(`${name}: ${Math.round(bytes / 1e6)}${of} MB`);
  };
}
