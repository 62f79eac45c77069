import type {Environment} from './environment.ts';
import {holdsKey, UsageMistake} from './mistake.ts';
import {isExempt} from './no-proxy.ts';

/** The proxy between us and a base URL. */
export type ProxyAddress = {
  /** Without credentials: `http://proxy.example.com:3128`. */
  readonly url: string;
  /** Host and port, for messages. */
  readonly name: string;
  /** The variable that names it, for messages. */
  readonly variable: string;
  /** The header that opens it, if it wants a user; told to nobody but the proxy. */
  readonly authorization: string | undefined;
};

/** As curl has it: the lower case first, what is empty is not set, and HTTP_PROXY is for `http://` alone. */
const variables = {
  https: ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'],
  http: ['http_proxy', 'HTTP_PROXY'],
} as const;

/** The variable that names a proxy for addresses of that scheme; undefined where none is set. */
export function proxyVariable(scheme: keyof typeof variables, environment: Environment): string | undefined {
  return variables[scheme].find(name => environment[name]?.trim());
}

/**
 * The proxy that requests to `address` go through; undefined for a direct way. Plain `http://` never has one: it is for
 * loopback alone, where a proxy would read the key, and elsewhere there is nobody to be found under that address.
 * Throws a UsageMistake, which repeats nothing of the value: it may hold a password.
 */
export function readProxy(address: string, environment: Environment): ProxyAddress | undefined {
  const {protocol, hostname, port} = new URL(address);
  const variable = proxyVariable('https', environment);
  const value = variable && environment[variable]?.trim();
  if (!variable || !value || protocol !== 'https:') return undefined;
  const exempt = environment['no_proxy']?.trim() || environment['NO_PROXY'] || '';
  if (isExempt(exempt, hostname, Number(port || 443))) return undefined;
  return parseProxy(variable, value, hostname);
}

function parseProxy(variable: string, value: string, hostname: string): ProxyAddress {
  const whole = /^[a-z][a-z\d+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  const example = `for example ${variable}=http://proxy.example.com:3128`;
  const around = `or to go without a proxy: NO_PROXY=${hostname}`;
  const url = URL.canParse(whole) ? new URL(whole) : undefined;
  if (url === undefined || !/^[^:]+:\/\/[^/?#]+\/?$/.test(whole)) {
    const hint = value.includes('@') ? ' (in its password # / ? and @ are written %23 %2F %3F and %40)' : '';
    throw new UsageMistake(`${variable} is no proxy's URL${hint}; write it whole, ${example}, ${around}.`);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new UsageMistake(`${variable} names a ${url.protocol}// proxy; set an http:// one, ${example}, ${around}.`);
  }
  // Whoever it is looked up with would hear of it.
  if (holdsKey(url.host)) {
    throw new UsageMistake(`${variable} holds a key, which is read from OPENAI_ADMIN_KEY alone; set it, ${example}.`);
  }
  const {username, password} = url;
  const user = `${decoded(username)}:${decoded(password)}`;
  return {
    url: url.origin,
    name: url.port === '' ? `${url.hostname}:${url.protocol === 'http:' ? 80 : 443}` : url.host,
    variable,
    authorization: user === ':' ? undefined : `Basic ${Buffer.from(user).toString('base64')}`,
  };
}

/** A password that was never encoded may hold a lonely percent sign. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
