import {connect, createServer, type Server, type Socket} from 'node:net';
import {onTestFinished} from 'vitest';

/** Where what ends a server is left to: `onTestFinished`, or `afterAll` for one that serves a whole file. */
export type AtTheEnd = (end: () => Promise<void>) => void;

/** Has a server listen on 127.0.0.1; it goes with the test, and its connections with it. Returns its port. */
export async function listening(server: Server, atTheEnd: AtTheEnd = onTestFinished): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject).listen(0, '127.0.0.1', resolve);
  });
  atTheEnd(
    () =>
      new Promise<void>(resolve => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  );
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/**
 * A port on which nobody listens, and nobody will: a connection that goes out from it holds it. One that a server has
 * only just given back would be anybody's, and other tests listen all the time.
 */
export async function closedPort(atTheEnd: AtTheEnd = onTestFinished): Promise<number> {
  const port = await listening(createServer(), atTheEnd);
  // With an address of its own it is bound before it connects, and so to a port that nobody else is given.
  const holder = connect({port, host: '127.0.0.1', localAddress: '127.0.0.1'});
  await new Promise<void>((resolve, reject) => {
    holder.on('error', reject).on('connect', resolve);
  });
  return holder.localPort ?? 0;
}
