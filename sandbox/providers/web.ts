import { admitAnyone, gatewayPage, type Provider, type ProviderTools, refuse } from '../provider';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.xhtml': 'application/xhtml+xml',
  '.xml': 'application/xml; charset=utf-8',
  '.rss': 'application/rss+xml; charset=utf-8',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.pdf': 'application/pdf',
};
const ENDINGS = ['', '.html', '/index.html', '.xml', '.json', '.txt'];

/**
 * Web sites: `/web/<host>/<path>` is the page `<path>` of that host. Recordings are `web/<host>/<path>` with or without
 * `.html` or `/index.html`. What is not recorded, hosts included, is not found; so is their robots.txt: all may be read.
 */
export const web: Provider = {
  name: 'web',
  admit: admitAnyone,
  async answer(c, path, { recordings }: ProviderTools) {
    const page = path.replace(/\/+$/, '');
    const file = await recordings.file(
      'web',
      ENDINGS.map((ending) => `${page}${ending}`),
    );
    if (file === null) return refuse(web, 404);
    const headers = { 'Content-Type': TYPES[file.extension] ?? 'application/octet-stream', ...file.headers };
    const body = file.bytes.length === 0 || c.req.method === 'HEAD' ? null : Buffer.from(file.bytes);
    return new Response(body, { status: file.status, headers });
  },
  failure: (status) => ({ ...gatewayPage(status), contentType: 'text/html; charset=utf-8' }),
  limited({ resetAt }, now) {
    return refuse(web, 429, { 'Retry-After': String(Math.max(0, Math.ceil(resetAt - now.getTime() / 1000))) });
  },
};
