import {createServer, type IncomingHttpHeaders, type IncomingMessage} from 'node:http';
import {createServer as createSecureServer} from 'node:https';
import {connect, createServer as createSocketServer, type Server} from 'node:net';
import type {Duplex} from 'node:stream';
import {createServer as createTlsServer} from 'node:tls';
import type {Identity} from './certificates.ts';
import {listening} from './listening.ts';

/** A TLS server that passes what it hears on to a port without TLS. */
export function serveTls({key, cert}: Identity, port: number): Promise<number> {
  const server = createTlsServer({key, cert}, socket => {
    const inner = connect(port, '127.0.0.1');
    socket.on('error', () => inner.destroy()).on('close', () => inner.destroy());
    inner.on('error', () => socket.destroy()).on('close', () => socket.destroy());
    socket.pipe(inner).pipe(socket);
  });
  return listening(server);
}

/** Says nothing, whoever comes; or some bytes, and hangs up. */
export function serveSilence(bytes?: string): Promise<number> {
  return listening(createSocketServer(socket => void (bytes !== undefined && socket.end(bytes))));
}

export type ProxyOptions = {
  /** The one that is let through, as `user:password`. */
  readonly user?: string;
  /** Answers CONNECT with it, instead of a tunnel. */
  readonly status?: number;
  /** Takes a CONNECT, and never answers it. */
  readonly isSilent?: boolean;
  /** Makes it an https:// proxy. */
  readonly identity?: Identity;
  /** Where every tunnel leads, whatever host was asked for. */
  readonly to?: number;
};

export type TestProxy = {
  /** Emits 'connect' with each CONNECT. */
  readonly server: Server;
  readonly port: number;
  /** Every CONNECT, in the order they came: host:port and headers. */
  readonly asked: readonly {readonly target: string; readonly headers: IncomingHttpHeaders}[];
  /** Requests that were no CONNECT. */
  readonly plain: readonly string[];
  /** Every byte that went through it, both ways. */
  bytes(): Buffer;
};

/** A real CONNECT proxy on an ephemeral port, which writes down all that it can read. It goes with the test. */
export async function startProxy({user, status, isSilent, identity, to}: ProxyOptions = {}): Promise<TestProxy> {
  const asked: {target: string; headers: IncomingHttpHeaders}[] = [];
  const plain: string[] = [];
  const read: Buffer[] = [];
  const server = identity === undefined ? createServer() : createSecureServer({key: identity.key, cert: identity.cert});
  server.on('request', (request, response) => {
    plain.push(request.url ?? '');
    response.writeHead(400).end();
  });
  server.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const target = request.url ?? '';
    asked.push({target, headers: request.headers});
    socket.on('error', () => socket.destroy());
    const wanted = user === undefined ? undefined : `Basic ${Buffer.from(user).toString('base64')}`;
    if (wanted !== undefined && request.headers['proxy-authorization'] !== wanted) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\n\r\nwho are you?');
      return;
    }
    if (isSilent) return void socket.resume();
    if (status !== undefined) {
      socket.end(`HTTP/1.1 ${status} No\r\ncontent-type: text/html\r\n\r\n<h1>No</h1>`);
      return;
    }
    const inner = connect(to ?? Number(target.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      if (head.length > 0) inner.write(head);
      socket.on('data', (bytes: Buffer) => read.push(bytes));
      inner.on('data', (bytes: Buffer) => read.push(bytes));
      socket.pipe(inner).pipe(socket);
    });
    inner.on('error', () => socket.destroy()).on('close', () => socket.destroy());
    socket.on('close', () => inner.destroy());
  });
  return {server, port: await listening(server), asked, plain, bytes: () => Buffer.concat(read)};
}
