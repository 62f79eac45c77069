import {parseFaults, startDemoServer} from '../demo/server.ts';
import {type DemoApiOptions, UsageMistake} from '../options.ts';
import {onInterrupt} from './interrupt.ts';
import type {System} from './system.ts';

/** Serves the demo organization's API until a signal comes; prints its base URL on stdout. Returns the exit code. */
export async function runDemoApi(options: DemoApiOptions, system: System): Promise<number> {
  const interrupt = onInterrupt(system);
  const faults = options.fault === undefined ? [] : parseFaults(options.fault);
  const {port, scale} = options;
  const server = await startDemoServer({now: system.now, scale, port, faults}).catch((error: unknown) => {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    throw isTaken
      ? new UsageMistake(`--port ${port} is in use; choose another, or leave it out for a free one.`)
      : error;
  });
  system.stdout.write(`${server.url}\n`);
  await new Promise<void>(resolve => interrupt.signal.addEventListener('abort', () => resolve(), {once: true}));
  await server.close();
  interrupt.release();
  return interrupt.exitCode ?? 0;
}
