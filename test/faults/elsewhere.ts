import {createServer as createTlsServer} from 'node:https';
import {createServer} from 'node:net';
import {Agent, fetch as undiciFetch} from 'undici';
import {afterAll} from 'vitest';
import {type Identity, makeIdentity} from '../helpers/certificates.ts';
import {type AtTheEnd, closedPort, listening} from '../helpers/listening.ts';
import {sendJson} from '../helpers/script-server.ts';
import type {Fault} from './catalogue.ts';
import {questionOf} from './organization.ts';

/** The organization behind TLS, until the test is over or what else ends it. Returns the server's origin. */
export async function serveTls({cert, key}: Identity, atTheEnd?: AtTheEnd): Promise<string> {
  const server = createTlsServer({cert, key}, (raw, response) => {
    response.sendDate = false;
    const question = questionOf(new URL(raw.url ?? '/', 'https://127.0.0.1'));
    sendJson(response, question?.right ?? {}, question ? 200 : 404);
  });
  server.on('tlsClientError', () => {});
  return `https://127.0.0.1:${await listening(server, atTheEnd)}`;
}

const year = 365 * 86_400_000;

/** An authority, and certificates that are as they should not be. */
export function makeCertificates() {
  const issuer = makeIdentity({name: 'Company authority', isAuthority: true});
  const hosts = ['127.0.0.1'];
  const past = {from: new Date(Date.now() - 2 * year), to: new Date(Date.now() - year)};
  const future = {from: new Date(Date.now() + year), to: new Date(Date.now() + 2 * year)};
  return {
    authority: issuer,
    good: makeIdentity({name: 'good', hosts, issuer}),
    selfSigned: makeIdentity({name: 'self-signed', hosts}),
    expired: makeIdentity({name: 'expired', hosts, issuer, ...past}),
    early: makeIdentity({name: 'early', hosts, issuer, ...future}),
    otherHost: makeIdentity({name: 'other', hosts: ['other.example'], issuer}),
  };
}

/** A fetch that takes an authority for good, as NODE_EXTRA_CA_CERTS makes it; Node's takes no dispatcher but its own. */
function fetchTrusting({cert}: Identity): (request: Request) => Promise<Response> {
  const dispatcher = new Agent({connect: {ca: cert}});
  return async ({url, headers, signal}) => {
    const {status, body} = await undiciFetch(url, {headers: [...headers], redirect: 'manual', signal, dispatcher});
    return new Response(body, {status});
  };
}

/** Faults of connections that need a server of their own; the good certificate is not one. */
export async function faultsElsewhere(plainPort: number): Promise<Fault[]> {
  const made = makeCertificates();
  const trusting = fetchTrusting(made.authority);
  const tls = async (identity: Identity, says: string | undefined, name: string, isTrusted = true): Promise<Fault> => ({
    name: `TLS: ${name}`,
    does: {origin: await serveTls(identity, afterAll), ...(isTrusted && {through: trusting})},
    says: says === undefined ? undefined : new RegExp(`the certificate of \\S+ ${says}, so nothing was sent\\. `),
    passes: false,
    isRare: !['self-signed', 'expired', 'for another host'].includes(name),
  });
  const resetting = createServer(socket => socket.once('data', () => socket.resetAndDestroy()));
  const closing = createServer(socket => socket.once('data', () => socket.end()));
  const agreement = /could not agree on a secure connection \(TLS: .+\)\. Check the base URL and its port/;
  const beforeSecure = /closed the connection before it (was secure|answered) \(.+\)\. Check the network/;
  const elsewhere = (origin: string) => ({does: {origin}, passes: true});
  const origins = {
    resetting: `https://127.0.0.1:${await listening(resetting, afterAll)}`,
    closing: `https://127.0.0.1:${await listening(closing, afterAll)}`,
  };
  return [
    await tls(made.good, undefined, 'an authority that is trusted'),
    await tls(made.good, 'comes from an authority that is not known here', 'an authority that is not', false),
    await tls(made.selfSigned, 'is self-signed: no authority vouches for it', 'self-signed', false),
    await tls(made.expired, 'has expired', 'expired'),
    await tls(made.early, 'is not valid yet', 'not valid yet'),
    await tls(made.otherHost, 'is for another host', 'for another host'),
    {
      name: 'TLS: the server speaks none',
      isRare: true,
      says: agreement,
      ...elsewhere(`https://127.0.0.1:${plainPort}`),
    },
    {name: 'TLS: reset', says: beforeSecure, ...elsewhere(origins.resetting)},
    {name: 'TLS: closed', isRare: true, says: beforeSecure, ...elsewhere(origins.closing)},
    {
      name: 'connection refused',
      says: /nothing listens at 127\.0\.0\.1:\d+ \(ECONNREFUSED: connection refused\)\. Check the base URL and its port/,
      ...elsewhere(`http://127.0.0.1:${await closedPort(afterAll)}`),
    },
  ];
}
