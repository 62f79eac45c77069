import {generateKeyPairSync, type KeyObject, sign} from 'node:crypto';

/** A key with its certificate, as PEM. */
export type Identity = {
  readonly cert: string;
  readonly key: string;
  readonly name: string;
  readonly privateKey: KeyObject;
};

export type Wish = {
  readonly name: string;
  /** Host names and IPv4 addresses that it is for. */
  readonly hosts?: readonly string[];
  readonly from?: Date;
  readonly to?: Date;
  /** Who signs it; without one it signs itself. */
  readonly issuer?: Identity;
  readonly isAuthority?: boolean;
};

/** An X.509 certificate made here, since not every machine has openssl (and 3.0 makes none that has expired). */
export function makeIdentity(wish: Wish): Identity {
  const {name, hosts = [], issuer, isAuthority = false} = wish;
  const {from = new Date(Date.now() - 86_400_000), to = new Date(Date.now() + 86_400_000)} = wish;
  const {publicKey, privateKey} = generateKeyPairSync('ec', {namedCurve: 'P-256'});
  const algorithm = sequence(oid(1, 2, 840, 10045, 4, 3, 2));
  const extensions = sequence(
    sequence(
      oid(2, 5, 29, 19),
      der(0x01, Buffer.of(0xff)),
      der(0x04, sequence(...(isAuthority ? [der(0x01, Buffer.of(0xff))] : []))),
    ),
    ...(hosts.length > 0 ? [sequence(oid(2, 5, 29, 17), der(0x04, sequence(...hosts.map(hostName))))] : []),
  );
  const content = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.of(1 + Math.floor(Math.random() * 126))),
    algorithm,
    distinguishedName(issuer?.name ?? name),
    sequence(time(from), time(to)),
    distinguishedName(name),
    publicKey.export({type: 'spki', format: 'der'}),
    der(0xa3, extensions),
  );
  const signature = sign('sha256', content, issuer?.privateKey ?? privateKey);
  const whole = sequence(content, algorithm, der(0x03, Buffer.of(0), signature));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    name,
    privateKey,
    key: privateKey.export({type: 'pkcs8', format: 'pem'}).toString(),
    cert: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
  };
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const {length} = body;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.of(tag, ...size), body]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, ...parts);
}

function oid(first: number, second: number, ...rest: readonly number[]): Buffer {
  const arcs = rest.flatMap(arc =>
    arc < 128
      ? [arc]
      : arc < 16_384
        ? [128 | (arc >> 7), arc & 127]
        : [128 | (arc >> 14), 128 | ((arc >> 7) & 127), arc & 127],
  );
  return der(0x06, Buffer.of(40 * first + second, ...arcs));
}

function distinguishedName(name: string): Buffer {
  return sequence(der(0x31, sequence(oid(2, 5, 4, 3), der(0x0c, Buffer.from(name)))));
}

function hostName(host: string): Buffer {
  const numbers = host.split('.').map(Number);
  const isAddress = numbers.length === 4 && numbers.every(number => number >= 0 && number < 256);
  return isAddress ? der(0x87, Buffer.from(numbers)) : der(0x82, Buffer.from(host));
}

function time(date: Date): Buffer {
  return der(0x18, Buffer.from(`${date.toISOString().replaceAll(/[-:T]|\..*/g, '')}Z`));
}
