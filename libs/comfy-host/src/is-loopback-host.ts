import { BlockList, isIP } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/**
 * Whether the host of a URL is this machine by its own text: a loopback address or `localhost`, which RFC 6761 §6.3
 * keeps on the loopback interface. Other names are not looked up: what they mean can change between two requests.
 *
 * @param hostname - as `URL.hostname` gives it: lower case, IPv6 in brackets, IPv4 in its four-part form
 */
export function isLoopbackHost(hostname: string): boolean {
  if (hostname === 'localhost' || hostname.endsWith('.localhost')) return true;
  const address = hostname.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(address);
  return family !== 0 && loopback.check(address, family === 6 ? 'ipv6' : 'ipv4');
}
