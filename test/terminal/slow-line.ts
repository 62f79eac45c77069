import {type AddressInfo, createConnection, createServer, type Socket} from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';
import {onTestFinished} from 'vitest';
import {listening} from '../helpers/listening.ts';

/** A line on loopback to a port of this machine: what goes in comes out later, whole and in order, until it is cut. */
export type SlowLine = {
  readonly port: number;
  /** Milliseconds that whatever is sent from now on is under way, in either direction. */
  delay: number;
  /** Resolves when the next piece has come from the client. */
  sent(): Promise<void>;
  /** Both ends are told that the connection is gone. */
  cut(): void;
  /** Nothing comes through any more, and neither end is told. */
  fallSilent(): void;
};

/** Lays a line to `target`; it goes with the test. */
export async function laySlowLine(target: number, delay: number): Promise<SlowLine> {
  const sockets = new Set<Socket>();
  const waiting = new Set<() => void>();
  let isSilent = false;

  const carry = (from: Socket, to: Socket, onPiece: () => void) => {
    let before = Promise.resolve();
    // Each piece waits for the one before, so that none overtakes another when the delay changes.
    const later = (deliver: () => void) => {
      const arrived = Promise.all([before, sleep(line.delay, undefined, {ref: false})]);
      before = arrived.then(() => void (isSilent || to.destroyed || deliver()));
    };
    from.setNoDelay(true);
    from.on('data', piece => {
      later(() => void to.write(piece));
      onPiece();
    });
    from.on('end', () => later(() => void to.end()));
    from.on('close', () => later(() => void to.destroy()));
    from.on('error', () => {});
    sockets.add(from);
  };

  const server = createServer({allowHalfOpen: true}, client => {
    const host = createConnection({port: target, host: '127.0.0.1', allowHalfOpen: true});
    carry(client, host, () => {
      for (const resolve of waiting) resolve();
      waiting.clear();
    });
    carry(host, client, () => {});
  });
  const port = await listening(server);
  const cut = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  onTestFinished(cut);
  const line: SlowLine = {
    port,
    delay,
    sent: () => new Promise(resolve => waiting.add(resolve)),
    cut,
    fallSilent() {
      isSilent = true;
    },
  };
  return line;
}

/** A port that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const port = portOf(server.address());
  await new Promise(resolve => server.close(resolve));
  return port;
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}
