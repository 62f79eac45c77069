import {onTestFinished} from 'vitest';
import {type DemoOptions, type DemoServer, startDemoServer} from '../../source/demo/server.ts';

/** A demo organization that answers at once, counts what it is asked, and goes with the test. */
export async function startDemo(options: Partial<DemoOptions> = {}): Promise<DemoServer> {
  const server = await startDemoServer({now: Date.now, latency: [0, 0], ...options});
  onTestFinished(() => server.close());
  return server;
}

/** The requests for usage and costs, without those of the directory. */
export function usageRequests(server: DemoServer): string[] {
  return server.requests.filter(request => /\/organization\/(usage\/|costs)/.test(request));
}
