import { BlockList, isIP } from 'node:net';

/** Special-purpose addresses: IANA's registry for IPv4 (RFC 6890 and later), multicast, and the reserved rest. */
const PRIVATE_IPV4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;
/** Only global unicast is public; of it, what embeds or tunnels IPv4 and what is documentation is not. */
const PRIVATE_IN_GLOBAL_IPV6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;
/** Names that never leave a network of one's own: RFC 6761, RFC 6762, RFC 8375, and what networks use besides. */
const PRIVATE_NAMES = /(^|\.)(localhost|local|localdomain|internal|intranet|private|corp|home|lan|home\.arpa|onion)$/;
const NAME = /^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}$/;

const privateIpv4 = new BlockList();
for (const [net, prefix] of PRIVATE_IPV4) privateIpv4.addSubnet(net, prefix, 'ipv4');
const globalIpv6 = new BlockList();
globalIpv6.addSubnet('2000::', 3, 'ipv6');
const privateIpv6 = new BlockList();
for (const [net, prefix] of PRIVATE_IN_GLOBAL_IPV6) privateIpv6.addSubnet(net, prefix, 'ipv6');

/** @returns whether an IP address belongs to the public internet. */
export function isPublicIp(address: string): boolean {
  if (isIP(address) === 4) return !privateIpv4.check(address, 'ipv4');
  return isIP(address) === 6 && globalIpv6.check(address, 'ipv6') && !privateIpv6.check(address, 'ipv6');
}

/**
 * The host of a parsed address. The parser has already turned every spelling of IPv4 (octal, hex, one number, full-width
 * digits, percent encoding) into the usual one.
 * @returns the IP address or the name in lower case, without brackets and without the root's dot.
 */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

/** @returns whether a host name can be one of the public internet, as far as the name itself tells. */
export function isPublicName(name: string): boolean {
  return NAME.test(name) && !PRIVATE_NAMES.test(name);
}
