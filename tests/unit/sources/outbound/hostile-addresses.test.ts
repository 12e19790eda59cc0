import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostileNet, openHostileNet } from '../../../support/hostile-net';

let net: HostileNet;
beforeAll(async () => {
  net = await openHostileNet();
  net.answerWith((_request, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('page'));
});
afterAll(() => net.close());

/** Hosts that are this machine, its network, or nothing that is asked; servers wait on this port at the first of them. */
const HOSTS = {
  'loopback in every spelling': [
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '127.0.0.3',
    '127.255.255.254',
    '2130706433',
    '0x7f000001',
    '0x7F.0x0.0x0.0x1',
    '0x7f.1',
    '0177.0.0.1',
    '017700000001',
    '0177.0x0.0.01',
    '127.0.0.1.',
    '%31%32%37.0.0.1',
    '127%2e0%2e0%2e1',
    '１２７.０.０.１',
    '①②⑦.⓪.⓪.①',
    '127。0。0。1',
    '127.0.0.1',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[0000:0000:0000:0000:0000:0000:0000:0001]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[0:0:0:0:0:ffff:127.0.0.1]',
    '[::127.0.0.1]',
  ],
  'the unspecified address': ['0', '0.0.0.0', '0x0', '00000000', '0.1', '[::]', '[::0.0.0.0]'],
  'private and shared networks': [
    '10.0.0.1',
    '10.255.255.255',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '100.64.0.1',
  ],
  'the metadata of clouds': [
    '169.254.169.254',
    '2852039166',
    '0xa9fea9fe',
    '0251.0376.0251.0376',
    '169.254.170.2',
    '100.100.100.200',
    '192.0.0.192',
    '[fd00:ec2::254]',
    '[::ffff:a9fe:a9fe]',
    'metadata.google.internal',
  ],
  'IPv4 inside IPv6': [
    '[64:ff9b::7f00:1]',
    '[64:ff9b:1::7f00:1]',
    '[2002:7f00:1::]',
    '[2001:0:7f00:1::1]',
    '[::ffff:0:127.0.0.1]',
  ],
  'addresses that are nobody’s on the internet': [
    '[fe80::1]',
    '[fec0::1]',
    '[fc00::1]',
    '[ff02::1]',
    '[100::1]',
    '[5f00::1]',
    '[2001:db8::1]',
    '[3fff::1]',
    '192.0.2.1',
    '192.88.99.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
  ],
  'names of one’s own network': [
    'localhost',
    'LOCALHOST',
    'localhost.',
    'lOcAlHoSt.localdomain',
    'site.localhost',
    'ip6-localhost',
    'intranet',
    'redis',
    'printer.local',
    'router.lan',
    'wpad.corp',
    'nas.home',
    'box.home.arpa',
    'kubernetes.default.svc.cluster.local',
    'hidden.onion',
    '_.',
    `${'a'.repeat(64)}.example`,
  ],
};

describe('an address that somebody names', () => {
  describe.each(Object.entries(HOSTS))('with %s', (_, hosts) => {
    it.each(hosts)('http://%s is refused', async (host) => {
      await expect(net.web().get(`http://${host}:${net.port}/`)).rejects.toMatchObject({ code: 'address_refused' });
      expect(net.asked).toEqual([]);
      expect(net.breaches()).toBe(0);
    });
  });

  it.each([
    'http://user:word@site.example/',
    'http://user@site.example/',
    'http://:word@site.example/',
    'http://site.example@127.0.0.1/',
    'http://site.example:80@127.0.0.1/',
    'http://127.0.0.1\\@site.example/',
    'http:127.0.0.1/',
    'http:/127.0.0.1/',
    'http:\\\\127.0.0.1/',
    'http://127.0.\n0.1/',
    '  http://127.0.0.1/  ',
    'http://127.0.0.1#@site.example/',
    'http://127.0.0.1?@site.example/',
    'http://site.example:22/',
    'http://site.example:25/',
    'http://site.example:5432/',
    'http://site.example:6379/',
    'http://site.example:8080/',
    'http://site.example:0/',
    'ftp://site.example/',
    'file:///etc/passwd',
    'file://site.example/etc/passwd',
    'gopher://127.0.0.1:6379/_FLUSHALL',
    'dict://127.0.0.1:6379/info',
    'ldap://127.0.0.1/',
    'ws://site.example/',
    'data:text/html,hello',
    'javascript:alert(1)',
    'blob:http://site.example/1',
    'about:blank',
    'jar:http://site.example!/',
    'unix:/var/run/docker.sock',
    '',
    'site.example',
    '//127.0.0.1/',
    'http://',
    'http:///',
    'http://[::1',
    'http://[::1%25lo]/',
    'http://[fe80::1%eth0]/',
    'http://exa mple/',
    'http://1.2.3.4.5/',
    'http://999.1.1.1/',
    'http://0x1ffffffff/',
    `http://site.example/${'a'.repeat(1_000)}`,
  ])('%j is refused', async (address) => {
    await expect(net.web().get(address)).rejects.toMatchObject({ code: 'address_refused' });
    expect(net.asked).toEqual([]);
    expect(net.breaches()).toBe(0);
  });

  it.each([
    ['https://8.8.8.8/'],
    ['https://[2606:4700:4700::1111]/'],
    ['http://www.xn--caf-dma.example/'],
    ['https://a.b-c.example.co.uk/path?query=1#part'],
  ])('%s may be asked', async (address) => {
    // The answer is not waited for: nothing of the internet is asked in tests.
    const asked = net.web({
      budgetOf: () => ({ take: () => Promise.reject(new Error('would ask')), block: async () => undefined }),
    });
    await expect(asked.get(address)).rejects.not.toMatchObject({ code: 'address_refused' });
  });
});

describe('a name', () => {
  const nameOf = (label: string) => `${label}.example`;
  const get = (label: string) => net.web().get(`http://${nameOf(label)}:${net.port}/`);

  it.each([
    ['loopback', ['127.0.0.1']],
    ['another loopback', ['127.0.0.3']],
    ['IPv6 loopback', ['::1']],
    ['mapped loopback', ['::ffff:127.0.0.1']],
    ['loopback behind NAT64', ['64:ff9b::7f00:1']],
    ['the unspecified address', ['0.0.0.0']],
    ['a private network', ['10.1.2.3']],
    ['a unique local address', ['fd12:3456::1']],
    ['a link-local address', ['fe80::1']],
    ['the metadata of a cloud', ['169.254.169.254']],
    ['a shared network', ['100.64.0.1']],
    ['a public and a private address', ['127.0.0.2', '127.0.0.1']],
    ['a private and a public address', ['::1', '127.0.0.2']],
    ['nothing at all', []],
  ])('that leads to %s is refused', async (_, addresses) => {
    net.names.set('evil.example', [addresses]);
    net.lookups.clear();
    await expect(get('evil')).rejects.toMatchObject({ code: 'address_refused' });
    expect(net.asked).toEqual([]);
    expect(net.breaches()).toBe(0);
  });

  it('that changes its mind is connected to where it was checked, and refused the next time', async () => {
    net.answerWith(
      (_request, response) => response.writeHead(200, { 'Content-Type': 'text/html', Connection: 'close' }).end('page'),
      (_request, response) => response.writeHead(404, { Connection: 'close' }).end(),
    );
    const web = net.web();
    net.names.set('rebind.example', [['127.0.0.2']]);
    await web.get(`http://rebind.example:${net.port}/robots-first`);
    net.names.set('rebind.example', [['127.0.0.2'], ['127.0.0.1']]);
    net.lookups.clear();
    expect(await web.get(`http://rebind.example:${net.port}/1`)).toMatchObject({ html: 'page' });
    expect(net.lookups.get('rebind.example')).toBe(1);
    await expect(web.get(`http://rebind.example:${net.port}/2`)).rejects.toMatchObject({ code: 'address_refused' });
    expect(net.asked).toEqual(['/robots-first', '/1']);
    expect(net.breaches()).toBe(0);
  });

  it('in front of a backslash is the host, and what follows is its path', async () => {
    net.answerWith((_request, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('page'));
    await net.web().get(`http://site.example:${net.port}\\@127.0.0.1/`);
    expect(net.asked).toEqual(['/@127.0.0.1/']);
    expect(net.breaches()).toBe(0);
  });

  it('that does not exist, or whose server is silent, is unavailable', async () => {
    net.names.set('silent.example', [['silence']]);
    for (const label of ['missing', 'silent']) {
      await expect(get(label)).rejects.toMatchObject({ code: 'robots_disallowed', detail: /could not be read/ });
    }
  });
});
