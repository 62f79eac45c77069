import {createServer as createSocketServer} from 'node:net';
import {onTestFinished} from 'vitest';

/** Bytes as they are, for answers that no HTTP library would send. */
export async function serveBytes(answer: string): Promise<string> {
  const server = createSocketServer(socket => {
    socket.on('error', () => socket.destroy());
    socket.once('data', () => socket.end(answer));
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/v1`;
}
