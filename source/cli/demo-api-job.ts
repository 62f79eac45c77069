import type {DemoApiOptions} from '../options.ts';
import {startDemo} from './demo.ts';
import {onInterrupt} from './interrupt.ts';
import type {System} from './system.ts';

/** Serves the demo organization's API until a signal comes; prints its base URL on stdout. Returns the exit code. */
export async function runDemoApi(options: DemoApiOptions, system: System): Promise<number> {
  const interrupt = onInterrupt(system);
  const say = (line: string) => void system.stderr.write(`debug: ${line}\n`);
  const server = await startDemo({...options, ...(options.debug && {onRequest: say})}, system);
  const {signal} = interrupt;
  // One that came while the server started is not told once more.
  if (!signal.aborted) {
    system.stdout.write(`${server.url}\n`);
    await new Promise<void>(resolve => signal.addEventListener('abort', () => resolve(), {once: true}));
  }
  await server.close();
  interrupt.release();
  return interrupt.exitCode ?? 0;
}
