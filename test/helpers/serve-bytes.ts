import {createServer as createSocketServer} from 'node:net';
import {listening} from './listening.ts';

/** Bytes as they are, for answers that no HTTP library would send. */
export async function serveBytes(answer: string): Promise<string> {
  const server = createSocketServer(socket => socket.once('data', () => socket.end(answer)));
  return `http://127.0.0.1:${await listening(server)}/v1`;
}
