import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { sharedData } from './shared-data';

export type SiteServer = {
  /** For `sourceContext`: pages of host H are under `/web/H`. */
  url: string;
  /** `host/path` of every request for a page, robots.txt left out, in order. */
  asked: string[];
  close(): Promise<void>;
};

export type ServedPage = string | { status?: number; headers?: Record<string, string>; body?: string };
/** Pages of a host by path, or the folder of a recorded site in the shared data. */
export type ServedSite = Record<string, ServedPage> | { folder: string };

/** Serves web sites from this machine, by host name. Hosts that are not named have no page. */
export async function openSiteServer(sites: Record<string, ServedSite>): Promise<SiteServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const [, , host = '', ...rest] = (request.url ?? '').split('/');
    const file = `/${rest.join('/')}`;
    if (file !== '/robots.txt') asked.push(host + file);
    const site = sites[host.replace(/^www\./, '')];
    const page = site === undefined ? null : isFolder(site) ? recordedPage(site.folder, file) : (site[file] ?? null);
    const {
      status = 200,
      headers = {},
      body = '',
    } = typeof page === 'string' ? { body: page } : (page ?? { status: 404 });
    const type = file === '/robots.txt' ? 'text/plain' : 'text/html; charset=utf-8';
    response.writeHead(status, { 'content-type': type, ...headers }).end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function isFolder(site: ServedSite): site is { folder: string } {
  return typeof site.folder === 'string';
}

/** Recorded sites keep the path `/services/index.html` in the file `services__index.html`. */
function recordedPage(folder: string, file: string): string | null {
  const name = file
    .slice(1)
    .replace(/(^|\/)$/, '$1index.html')
    .replaceAll('/', '__');
  const found = [name, `${name}.html`, `${name}__index.html`]
    .map((candidate) => sharedData('websites', folder, path.basename(candidate)))
    .find((candidate) => existsSync(candidate));
  return found === undefined ? null : readFileSync(found, 'utf8');
}
