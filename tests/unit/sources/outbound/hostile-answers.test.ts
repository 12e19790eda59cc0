import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostileNet, openHostileNet } from '../../../support/hostile-net';

let net: HostileNet;
beforeAll(async () => {
  net = await openHostileNet();
});
afterAll(() => net.close());

const HTML = { 'Content-Type': 'text/html' };
const page: RequestListener = (_request, response) => response.writeHead(200, HTML).end('page');
const get = (path = '/', web = net.web()) => web.get(`${net.site}${path}`);
const failure = (path?: string) =>
  get(path).then(
    () => 'answered',
    (error: { code: string }) => error.code,
  );

describe('a redirect', () => {
  const to = (location: () => string, status = 302): RequestListener => {
    return (request, response) => {
      if (request.url !== '/') return page(request, response);
      response.writeHead(status, { Location: location() }).end();
    };
  };

  it.each<[string, (port: number) => string]>([
    ['to loopback', (port) => `http://127.0.0.1:${port}/`],
    ['to loopback as one number', (port) => `http://2130706433:${port}/`],
    ['to IPv6 loopback', (port) => `http://[::1]:${port}/`],
    ['to mapped loopback', (port) => `http://[::ffff:127.0.0.1]:${port}/`],
    ['without a scheme', (port) => `//127.0.0.1:${port}/`],
    ['with backslashes', (port) => `/\\127.0.0.1:${port}/`],
    ['with a tab inside', (port) => `http://127.\t0.0.1:${port}/`],
    ['to this machine by name', (port) => `http://localhost:${port}/`],
    ['to a name that leads here', (port) => `http://inside.example:${port}/`],
    ['to the metadata of a cloud', () => 'http://169.254.169.254/latest/meta-data/'],
    ['to a private network', () => 'https://10.0.0.1/'],
    ['with a password', (port) => `http://user:word@site.example:${port}/next`],
    ['to another service', () => 'http://site.example:6379/'],
    ['to a file', () => 'file:///etc/passwd'],
    ['to a script', () => 'javascript:alert(1)'],
    ['to gopher', () => 'gopher://127.0.0.1:6379/_FLUSHALL'],
  ])('%s is not followed', async (_, location) => {
    net.names.set('inside.example', [['127.0.0.1']]);
    for (const status of [301, 302, 303, 307, 308]) {
      net.answerWith(to(() => location(net.port), status));
      expect(await failure()).toBe('address_refused');
      expect(net.asked).toEqual(['/']);
    }
    expect(net.breaches()).toBe(0);
  });

  it('to nothing that is an address is a failure of the site', async () => {
    net.answerWith(to(() => 'http://[::1'));
    expect(await failure()).toBe('provider_unavailable');
  });

  it('over another public host to loopback is not followed', async () => {
    net.names.set('hop.example', [['127.0.0.2']]);
    net.answerWith((request, response) => {
      const next = request.headers.host?.startsWith('hop') ? '127.0.0.1' : 'hop.example';
      response.writeHead(302, { Location: `http://${next}:${net.port}/again` }).end();
    });
    expect(await failure()).toBe('address_refused');
    expect(net.asked).toEqual(['/', '/again']);
    expect(net.breaches()).toBe(0);
  });

  it('in a circle ends', async () => {
    net.answerWith((_request, response) => response.writeHead(302, { Location: '/again' }).end());
    expect(await failure()).toBe('provider_unavailable');
    expect(net.asked).toHaveLength(6);
  });

  it('within the public internet is followed, and the page says where it was found', async () => {
    net.answerWith(to(() => '/found#part', 308));
    expect(await get()).toMatchObject({ url: `${net.site}/found`, html: 'page' });
  });

  it('written into the page is only text', async () => {
    const html = `<meta http-equiv="refresh" content="0;url=http://127.0.0.1:${net.port}/">`;
    net.answerWith((_request, response) => response.writeHead(200, HTML).end(html));
    expect(await get()).toMatchObject({ html });
    expect(net.breaches()).toBe(0);
  });

  it('to a page that robots.txt keeps from programs is not followed', async () => {
    net.answerWith(
      to(() => '/members'),
      (_request, response) => response.end('User-agent: *\nDisallow: /members'),
    );
    expect(await failure()).toBe('robots_disallowed');
    expect(net.asked).toEqual(['/']);
  });
});

describe('a body', () => {
  const MEGABYTE = 1_000_000;
  const zeros = Buffer.alloc(60 * MEGABYTE);
  let written = 0;

  const endless: RequestListener = (_request, response) => {
    written = 0;
    response.writeHead(200, HTML);
    const more = () => {
      while (!response.destroyed && response.write(zeros.subarray(0, 65_536))) written += 65_536;
    };
    response.on('drain', more);
    more();
  };
  const packed = (encoding: string, bytes: Buffer): RequestListener => {
    return (_request, response) => response.writeHead(200, { ...HTML, 'Content-Encoding': encoding }).end(bytes);
  };

  it('without end is cut off at the limit', async () => {
    net.answerWith(endless);
    expect(await failure()).toBe('provider_contract');
    expect(written).toBeLessThan(20 * MEGABYTE);
  });

  it('that announces too much is not read', async () => {
    net.answerWith((_request, response) => response.writeHead(200, { ...HTML, 'Content-Length': 3_000_000 }).end('x'));
    expect(await failure()).toBe('provider_contract');
  });

  it.each([
    ['gzip', gzipSync(zeros)],
    ['deflate', deflateSync(zeros)],
    ['br', brotliCompressSync(zeros.subarray(0, 8 * MEGABYTE))],
  ])('that %s packed a thousandfold is unpacked to the limit only', async (encoding, bytes) => {
    expect(bytes.length).toBeLessThan(100_000);
    net.answerWith(packed(encoding, bytes));
    const before = process.memoryUsage().arrayBuffers;
    expect(await failure()).toBe('provider_contract');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(30 * MEGABYTE);
  });

  it.each([
    ['twice', 'gzip, gzip', gzipSync(gzipSync(zeros))],
    ['in two ways', 'br, gzip', gzipSync(brotliCompressSync(zeros.subarray(0, MEGABYTE)))],
    ['a hundred times', Array(100).fill('gzip').join(', '), gzipSync(zeros)],
  ])('packed %s is not unpacked', async (_, encoding, bytes) => {
    net.answerWith(packed(encoding, bytes));
    expect(await failure()).toMatch(/^provider_(contract|unavailable)$/);
  });

  it('that is not what it says it is packed with is a failure of the site', async () => {
    net.answerWith(packed('gzip', Buffer.from('plain text')));
    expect(await failure()).toBe('provider_unavailable');
  });

  it('that drips is given up at the time limit, however alive it is', async () => {
    net.answerWith((_request, response) => {
      response.writeHead(200, HTML);
      const drip = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(drip));
    });
    const startedAt = performance.now();
    expect(await failure()).toBe('provider_unavailable');
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  it('that stops in the middle is given up at the time limit', async () => {
    net.answerWith((_request, response) => void response.writeHead(200, HTML).write('<html>'));
    expect(await failure()).toBe('provider_unavailable');
  });

  it('whose connection breaks is a failure of the site', async () => {
    net.answerWith((_request, response) => {
      response.writeHead(200, { ...HTML, 'Content-Length': 100 }).write('<html>');
      setImmediate(() => response.destroy());
    });
    expect(await failure()).toBe('provider_unavailable');
  });

  it('of the limit’s length is read whole', async () => {
    net.answerWith((_request, response) => response.writeHead(200, HTML).end('x'.repeat(2 * MEGABYTE)));
    expect((await get()).html).toHaveLength(2 * MEGABYTE);
  });

  it.each([
    ['a picture', 'image/png'],
    ['a drawing with scripts', 'image/svg+xml'],
    ['a PDF', 'application/pdf'],
    ['a program', 'application/octet-stream'],
    ['an archive', 'application/zip'],
    ['a film', 'video/mp4'],
    ['JSON', 'application/json'],
    ['plain text', 'text/plain'],
    ['parts', 'multipart/x-mixed-replace'],
    ['an event stream', 'text/event-stream'],
    ['a type that is none', 'html'],
    ['a type with a script', '<script>alert(1)</script>'],
    ['no type', ''],
  ])('that is %s is not taken for a page', async (_, type) => {
    net.answerWith((_request, response) =>
      response.writeHead(200, type === '' ? {} : { 'Content-Type': type }).end('x'),
    );
    const refused = await get().catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'provider_contract', detail: expect.not.stringContaining('script') });
  });

  it.each([
    ['its header', { 'Content-Type': 'text/html; charset="ISO-8859-1"' }, Buffer.from('caf\xe9', 'latin1')],
    ['its page', HTML, Buffer.from('<meta charset=windows-1252>caf\xe9', 'latin1')],
    ['a byte order mark', HTML, Buffer.from('\ufeffcafé', 'utf16le')],
    ['nothing, and is Latin', HTML, Buffer.from('caf\xe9', 'latin1')],
    ['a name that is no encoding', { 'Content-Type': 'text/html; charset=../../etc' }, Buffer.from('café')],
    ['an encoding it is not in', { 'Content-Type': 'text/html; charset=utf-8' }, Buffer.from('caf\xe9', 'latin1')],
  ])('in the encoding of %s is read', async (_, headers, bytes) => {
    net.answerWith((_request, response) => response.writeHead(200, headers).end(bytes));
    expect((await get()).html).toMatch(/café$/);
  });

  it('of a missing page comes with its status, whatever it is made of', async () => {
    net.answerWith((_request, response) => response.writeHead(404, { 'Content-Type': 'text/plain' }).end('gone'));
    expect(await get()).toMatchObject({ status: 404, html: 'gone' });
  });
});

describe('an answer below HTTP', () => {
  const forever = (socket: Socket, write: () => void) => {
    const timer = setInterval(write, 5);
    socket.on('close', () => clearInterval(timer));
  };
  it.each<[string, (socket: Socket) => void]>([
    ['that never comes', () => undefined],
    ['that is no HTTP', (socket) => void socket.end('SSH-2.0-OpenSSH_9.0\r\n')],
    ['that is cut off', (socket) => void socket.end('HTTP/1.1 200 OK\r\nContent-Ty')],
    ['that is reset', (socket) => void socket.resetAndDestroy()],
    [
      'with a header without end',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\nX: ');
        forever(socket, () => socket.write('x'.repeat(4_096)));
      },
    ],
    [
      'with headers without end',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        forever(socket, () => socket.write(`X-${Math.random()}: x\r\n`));
      },
    ],
    [
      'with headers that drip',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\nX: ');
        const timer = setInterval(() => socket.write('x'), 100);
        socket.on('close', () => clearInterval(timer));
      },
    ],
    [
      'with hints without end',
      (socket) => forever(socket, () => socket.write('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n')),
    ],
    [
      'in chunks of no size',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n');
      },
    ],
    [
      'in a chunk of more than there is',
      (socket) => {
        socket.write(
          'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx',
        );
      },
    ],
    [
      'with two lengths',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1\r\nContent-Length: 9\r\n\r\nx');
      },
    ],
    [
      'with a length and chunks',
      (socket) => {
        socket.write(
          'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nHTTP/1.1 200 OK\r\n',
        );
      },
    ],
    ['with a nought in a header', (socket) => void socket.write('HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n')],
    [
      'that switches protocols',
      (socket) => void socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'),
    ],
  ])('%s fails within the time limit', async (_, answer) => {
    await net.answerRaw(answer);
    const startedAt = performance.now();
    expect(await failure()).toMatch(/^provider_(unavailable|contract)$/);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(net.breaches()).toBe(0);
  });
});

describe('robots.txt', () => {
  const with200 =
    (text: string): RequestListener =>
    (_request, response) =>
      response.end(text);

  it.each([
    ['everybody', 'User-agent: *\nDisallow: /'],
    ['us by name, in any case', 'User-agent: OPPSPOT\nDisallow: /\n\nUser-agent: *\nAllow: /'],
    ['us in two groups', 'User-agent: oppspot\nDisallow: /x\n\nUser-agent: oppspot\nDisallow: /private'],
    ['a pattern', 'User-agent: *\nDisallow: /*/page$'],
    ['all but one page', 'User-agent: *\nDisallow: /\nAllow: /public'],
  ])('that keeps %s away is obeyed', async (_, text) => {
    net.answerWith(page, with200(text));
    expect(await failure('/private/page')).toBe('robots_disallowed');
    expect(net.asked).toEqual([]);
  });

  it.each([
    ['is for others', 'User-agent: other\nDisallow: /'],
    ['allows more exactly', 'User-agent: *\nDisallow: /private\nAllow: /private/page'],
    ['is a page instead', '<!doctype html><title>Home</title>'],
    ['is empty', ''],
  ])('that %s lets us in', async (_, text) => {
    net.answerWith(page, with200(text));
    expect(await failure('/private/page')).toBe('answered');
  });

  it.each([
    [404, 'answered'],
    [403, 'answered'],
    [410, 'answered'],
    [429, 'robots_disallowed'],
    [500, 'robots_disallowed'],
    [503, 'robots_disallowed'],
  ])('with status %i: %s', async (status, expected) => {
    net.answerWith(page, (_request, response) => response.writeHead(status).end('User-agent: *\nDisallow: /'));
    expect(await failure()).toBe(expected);
  });

  it('that hangs, breaks or leads inside keeps us away', async () => {
    const inside: RequestListener = (_request, response) =>
      response.writeHead(302, { Location: `http://127.0.0.1:${net.port}/robots.txt` }).end();
    for (const robots of [
      () => undefined,
      ((_request, response) => response.destroy()) satisfies RequestListener,
      inside,
    ]) {
      net.answerWith(page, robots);
      expect(await failure()).toMatch(/^(robots_disallowed|address_refused)$/);
    }
    expect(net.asked).toEqual([]);
    expect(net.breaches()).toBe(0);
  });

  it('without end is read to its half megabyte', async () => {
    net.answerWith(page, (_request, response) => {
      response.write('User-agent: *\nDisallow: /private\n');
      const more = () => {
        while (!response.destroyed && response.write('#'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    });
    expect(await failure('/private')).toBe('robots_disallowed');
  });

  it('made to be slow to match does not stop us for long', async () => {
    const line = `Disallow: /${'*a'.repeat(2_000)}b\n`;
    net.answerWith(page, with200(`User-agent: *\n${line.repeat(120)}`));
    const startedAt = performance.now();
    expect(await failure(`/${'a'.repeat(900)}`)).toBe('answered');
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  it('is asked for once by a job, and kept for a day', async () => {
    let count = 0;
    net.answerWith(page, (_request, response) => {
      count += 1;
      response.writeHead(404).end();
    });
    const web = net.web();
    for (const path of ['/1', '/2', '/3']) await get(path, web);
    expect(count).toBe(1);
  });

  it('that asks for pauses gets them', async () => {
    const turns: number[] = [];
    const budgetOf = (_host: string, everyMs: number) => {
      turns.push(everyMs);
      return { take: async () => undefined, block: async () => undefined };
    };
    net.answerWith(page, with200('User-agent: *\nCrawl-delay: 7\nDisallow:'));
    await get('/', net.web({ budgetOf }));
    net.answerWith(page, with200('User-agent: *\nCrawl-delay: -1'));
    await get('/', net.web({ budgetOf }));
    net.answerWith(page, with200('User-agent: *\nCrawl-delay: 86400'));
    await get('/', net.web({ budgetOf }));
    expect(turns).toEqual([1_200, 7_000, 1_200, 1_200, 1_200, 60_000]);
  });
});

describe('a site', () => {
  it('sees who we are and how to reach us, and no more', async () => {
    let headers: Record<string, unknown> = {};
    net.answerWith((request, response) => {
      headers = request.headers;
      page(request, response);
    });
    await get();
    expect(headers['user-agent']).toBe('oppSpot/0.1 (company research; +https://oppspot.example/contact)');
    expect(headers).not.toHaveProperty('cookie');
    expect(headers).not.toHaveProperty('authorization');
    expect(headers).not.toHaveProperty('referer');
  });

  it('is left when the job has to stop, whatever it is doing', async () => {
    net.answerWith(() => undefined);
    const controller = new AbortController();
    const reading = get('/', net.web({ signal: controller.signal }));
    await expect.poll(() => net.asked).toEqual(['/']);
    const stopped = new Error('stopped');
    controller.abort(stopped);
    await expect(reading).rejects.toBe(stopped);
  });
});
