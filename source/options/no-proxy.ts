import {BlockList, isIP} from 'node:net';

/**
 * Whether a list like `localhost,.example.com,10.0.0.0/8,[::1]:8443` names the host: itself, a domain it belongs to, its
 * address, a network of addresses, any of these at one port alone, or `*`. `hostname` as URL has it, IPv6 in brackets.
 */
export function isExempt(list: string, hostname: string, port: number): boolean {
  const host = bare(hostname);
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .some(entry => entry === '*' || (entry !== '' && isNamed(entry, host, port)));
}

function isNamed(entry: string, host: string, port: number): boolean {
  const network = /^(.+)\/(\d{1,3})$/.exec(entry);
  if (network !== null) return isInNetwork(bare(network[1] ?? ''), Number(network[2]), host);
  // An address of IPv6 without brackets has no port: its last group is part of it.
  const [, name = entry, only] = (isIP(entry) === 0 && /^(.*):(\d+)$/.exec(entry)) || [];
  if (only !== undefined && Number(only) !== port) return false;
  const named = bare(name.replace(/^\*?\./, ''));
  if (isIP(host) === 0) return named !== '' && (host === named || host.endsWith(`.${named}`));
  return isIP(host) === isIP(named) && isInNetwork(named, isIP(named) === 6 ? 128 : 32, host);
}

/** Compared as addresses: IPv6 has many ways to write one. */
function isInNetwork(address: string, bits: number, host: string): boolean {
  const family = isIP(address);
  if (family === 0 || family !== isIP(host) || bits > (family === 6 ? 128 : 32)) return false;
  const kind = family === 6 ? 'ipv6' : 'ipv4';
  const networks = new BlockList();
  networks.addSubnet(address, bits, kind);
  return networks.check(host, kind);
}

/** Without the brackets of an IPv6 address, and without the dot that ends a whole domain name. */
function bare(name: string): string {
  return name.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
}
