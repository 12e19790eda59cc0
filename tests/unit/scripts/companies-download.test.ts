import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { downloadFile } from '@/scripts/companies-download/download-file';
import { fetchNewest } from '@/scripts/companies-download/fetch-newest';
import { newestFile } from '@/scripts/companies-download/newest-file';
import { type ProviderServer, startProviderServer } from '../../support/provider-server';
import { hasSharedData, sharedData } from '../../support/shared-data';

const PAGE = new URL('https://download.companieshouse.gov.uk/en_output.html');
const CONTENT = 'CompanyName,CompanyNumber\r\nACME LIMITED,01234567\r\n'.repeat(1_000);
const signal = new AbortController().signal;

let server: ProviderServer;
let folder: string;
beforeAll(async () => {
  server = await startProviderServer();
  folder = mkdtempSync(path.join(tmpdir(), 'oppspot-download-'));
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => server.answerWith(() => undefined));

const nobodyWatches = () => undefined;

describe('the page of downloads', () => {
  it.skipIf(!hasSharedData)('offers one file with all companies, on the real page of 2020', () => {
    const html = readFileSync(sharedData('bulk-csv', 'drkane-download-page.html'), 'utf8');
    expect(newestFile(html, PAGE)).toEqual({
      url: new URL('https://download.companieshouse.gov.uk/BasicCompanyDataAsOneFile-2020-06-01.zip'),
      name: 'BasicCompanyDataAsOneFile-2020-06-01.zip',
      month: '2020-06',
    });
  });

  it('offers the newest of several, and says so when it offers none', () => {
    const links = ['2026-10', '2026-11', '2025-12'].map((m) => `<a href='/x/BasicCompanyDataAsOneFile-${m}-01.zip'>`);
    expect(newestFile(links.join(''), PAGE).month).toBe('2026-11');
    expect(() => newestFile('<a href="BasicCompanyData-2026-11-01-part1_7.zip">', PAGE)).toThrow(/offers no file/);
  });
});

describe('the download', () => {
  it('goes on where it was broken off', async () => {
    const file = path.join(folder, 'resumed.zip');
    writeFileSync(`${file}.part`, CONTENT.slice(0, 20_000));
    server.answerWith((request, response) => {
      expect(request.headers.range).toBe('bytes=20000-');
      response.writeHead(206).end(CONTENT.slice(20_000));
    });
    await downloadFile(new URL(`${server.url}/resumed.zip`), file, signal, nobodyWatches);
    expect(readFileSync(file, 'utf8')).toBe(CONTENT);
    expect(existsSync(`${file}.part`)).toBe(false);
  });

  it('starts again with a server that cannot go on', async () => {
    const file = path.join(folder, 'again.zip');
    writeFileSync(`${file}.part`, 'rest of another file');
    server.answerWith((_, response) => response.end(CONTENT));
    await downloadFile(new URL(`${server.url}/again.zip`), file, signal, nobodyWatches);
    expect(readFileSync(file, 'utf8')).toBe(CONTENT);
  });

  it('is not taken for whole when the line breaks', async () => {
    const file = path.join(folder, 'broken.zip');
    server.answerWith((_, response) => {
      response.writeHead(200, { 'Content-Length': CONTENT.length });
      response.write(CONTENT.slice(0, 5_000), () => response.destroy());
    });
    await expect(downloadFile(new URL(`${server.url}/b.zip`), file, signal, nobodyWatches)).rejects.toMatchObject({
      code: 'provider_unavailable',
    });
    expect(existsSync(file)).toBe(false);
  });

  it('leaves nothing behind for a file that is not there', async () => {
    const file = path.join(folder, 'missing.zip');
    server.answerWith((_, response) => response.writeHead(404).end('no such file'));
    await expect(downloadFile(new URL(`${server.url}/m.zip`), file, signal, nobodyWatches)).rejects.toMatchObject({
      detail: 'The download answered with status 404',
    });
    expect(existsSync(`${file}.part`)).toBe(false);
  });

  it('is fetched once a month from the configured address, and remembered when it was imported', async () => {
    process.env.OPPSPOT_DATA_DIR = folder;
    process.env.COMPANIES_DOWNLOAD_URL = `${server.url}/mirror/page.html`;
    server.answerWith((request, response) => {
      if (request.url === '/mirror/page.html') response.end('<a href="BasicCompanyDataAsOneFile-2026-11-01.zip">');
      else response.end(CONTENT);
    });
    const first = await fetchNewest(signal);
    expect(first).toMatchObject({ month: '2026-11', isImported: false });
    expect(readFileSync(first.path, 'utf8')).toBe(CONTENT);
    first.noteImported();
    expect(await fetchNewest(signal)).toMatchObject({ path: first.path, isImported: true });
    expect(server.requests.map((request) => request.path)).toEqual([
      '/mirror/page.html',
      '/mirror/BasicCompanyDataAsOneFile-2026-11-01.zip',
      '/mirror/page.html',
    ]);
  });
});
