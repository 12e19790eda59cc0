import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import { AppError } from '@/lib/errors';
import { singleton } from '@/lib/singleton';
import { hostOf, isPublicIp, isPublicName } from '../public-address';

/** Decides which addresses that people or pages name are asked at all (decision 024). */
export type OutboundGuard = {
  /**
   * Looks at the address itself, without the network.
   * @throws AppError `address_refused`.
   */
  check(url: URL): void;
  /**
   * Connects to checked addresses only: what a name resolves to is checked and connected to in one step, so that a second
   * answer of the name server is never used. Fails with AppError `address_refused`.
   */
  readonly dispatcher: Dispatcher;
};

export type GuardOptions = {
  /** Without the colon. */
  schemes?: readonly string[];
  ports?: readonly number[];
  /** For tests: the name server, and which addresses count as public. */
  lookup?: typeof systemLookup;
  isAllowed?(ip: string): boolean;
};

const DEFAULT_PORTS: Record<string, number> = { http: 80, https: 443 };
const LONGEST_ADDRESS = 1_000;
const CONNECT_TIMEOUT_MS = 5_000;

/** @returns a guard; by default for http and https on their own ports and the public internet. */
export function createOutboundGuard(options: GuardOptions = {}): OutboundGuard {
  const { schemes = ['http', 'https'], ports = [80, 443], isAllowed = isPublicIp } = options;
  return {
    check(url) {
      const scheme = url.protocol.slice(0, -1);
      const host = hostOf(url);
      if (url.href.length > LONGEST_ADDRESS) throw refused('it is too long');
      if (!schemes.includes(scheme)) throw refused(`only ${schemes.join(' and ')} are asked`);
      if (url.username !== '' || url.password !== '') throw refused('it holds a user name or a password');
      if (!ports.includes(Number(url.port || DEFAULT_PORTS[scheme]))) throw refused('its port is not one of the web');
      if (isIP(host) === 0 ? !isPublicName(host) : !isAllowed(host)) throw refused('it is not on the public internet');
    },
    dispatcher: guardedAgent(options.lookup ?? systemLookup, isAllowed),
  };
}

/** Http and https on the public internet: for pages. One per process, so that connections are shared. */
export function webGuard(): OutboundGuard {
  return singleton('outbound:web', () => createOutboundGuard());
}

/** Https on the public internet: for addresses to which a provider redirects. */
export function providerGuard(): OutboundGuard {
  return singleton('outbound:provider', () => createOutboundGuard({ schemes: ['https'], ports: [443] }));
}

function refused(why: string): AppError {
  return new AppError('address_refused', { detail: `The address was not asked: ${why}.` });
}

function guardedAgent(lookup: typeof systemLookup, isAllowed: (ip: string) => boolean): Agent {
  const connector = buildConnector({ lookup: checkedLookup(lookup, isAllowed), timeout: CONNECT_TIMEOUT_MS });
  return new Agent({
    connect(target, done) {
      // An IP address is connected to without being looked up.
      const host = target.hostname.replace(/^\[|\]$/g, '');
      if (isIP(host) !== 0 && !isAllowed(host)) return done(refused('it is not on the public internet'), null);
      connector(target, (...[error, socket]) => {
        if (error !== null) return done(error, null);
        const address = socket.remoteAddress;
        if (address !== undefined && isAllowed(address)) return done(null, socket);
        socket.destroy();
        done(refused('it led off the public internet'), null);
      });
    },
    // Hosts are asked once a second at most: one connection serves, and an idle one soon goes.
    connections: 2,
    pipelining: 1,
    keepAliveTimeout: 4_000,
    keepAliveMaxTimeout: 10_000,
    maxHeaderSize: 32_768,
  });
}

/** One private address among several is enough to refuse the name: it is how names are made to change sides. */
function checkedLookup(lookup: typeof systemLookup, isAllowed: (ip: string) => boolean): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error !== null) return done(error, '', 0);
      const [first] = addresses;
      if (first === undefined || !addresses.every(({ address }) => isAllowed(address))) {
        return done(refused('its name does not lead to the public internet'), '', 0);
      }
      if (options.all) return done(null, addresses);
      done(null, first.address, first.family);
    });
  };
}
