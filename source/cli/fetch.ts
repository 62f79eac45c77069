import {proxyVariable, readProxy} from '../options/proxy.ts';
import type {Environment} from '../options.ts';

/**
 * A fetch that goes through the proxy that the environment names for an address. `direct`, the real one, is used where
 * it names no proxy at all. Else both ways are undici's own, loaded with the first request: Node's may go through a
 * proxy by itself (NODE_USE_ENV_PROXY), even to loopback, and takes no dispatcher of another undici than its own.
 */
export function createFetch(environment: Environment, direct: typeof fetch): typeof fetch {
  if (!proxyVariable('https', environment) && !proxyVariable('http', environment)) return direct;
  let loading: Promise<typeof import('./tunnel.ts')> | undefined;
  const opened = new Map<string | undefined, (request: Request) => Promise<Response>>();
  return async (input, init) => {
    const request = input instanceof Request ? input : new Request(input, init);
    const proxy = readProxy(request.url, environment);
    loading ??= import('./tunnel.ts');
    const {fetchThrough} = await loading;
    const known = opened.get(proxy?.url) ?? fetchThrough(proxy);
    opened.set(proxy?.url, known);
    return known(request);
  };
}
