import {type DemoServer, type Fault, parseFaults, startDemoServer} from '../demo/server.ts';
import {UsageMistake} from '../options.ts';
import type {ApiPlace} from './client.ts';
import type {System} from './system.ts';

type DemoQuestion = {
  readonly scale: number;
  readonly fault: string | undefined;
  readonly port?: number;
  /** Is told of every request, for `--debug`. */
  readonly onRequest?: (line: string) => void;
};

/** Starts the demo organization as the flags describe it. Throws a UsageMistake where they make no sense. */
export async function startDemo(
  {scale, fault, port = 0, onRequest}: DemoQuestion,
  system: System,
): Promise<DemoServer> {
  const faults = readFaults(fault);
  try {
    return await startDemoServer({
      now: system.now,
      scale,
      port,
      faults,
      onRequest: ({method, path, query}) => onRequest?.(`${method} ${path}${query.size > 0 ? `?${query}` : ''}`),
    });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    const why = code === 'EACCES' ? 'takes rights that you do not have' : 'is in use';
    throw new UsageMistake(`--port ${port} ${why}; choose another, or leave it out for a free one.`);
  }
}

/** Where it is, and how it is asked: any key will do. */
export function placeOfDemo({url}: DemoServer): ApiPlace {
  return {baseUrl: url, key: 'sk-admin-demo', organization: undefined, proxy: undefined};
}

function readFaults(text: string | undefined): readonly Fault[] {
  try {
    return text === undefined ? [] : parseFaults(text);
  } catch (error) {
    throw error instanceof Error ? new UsageMistake(`--fault: ${error.message}`) : error;
  }
}
