import type {FailureReason} from './errors.ts';
import {oneLine} from './refusals.ts';

/** What a proxy is called in messages. */
type ProxyName = {readonly name: string; readonly variable: string; readonly hasUser: boolean};

type Verdict = {readonly reason: FailureReason; readonly what: string; readonly next: string};

/**
 * What went wrong at the proxy and not behind it. `fetch` throws it as a cause of its own error; the client makes of it
 * the request's ApiError.
 */
class ProxyError extends Error {
  override readonly name = 'ProxyError';
  readonly verdict: Verdict;

  constructor(verdict: Verdict) {
    super(verdict.what);
    this.verdict = verdict;
  }
}

/** The proxy answered CONNECT with a status that opens no tunnel to `target` (host:port). */
export function refusedTunnel({name, variable, hasUser}: ProxyName, status: number, target: string): ProxyError {
  const who = `the proxy ${name}`;
  if (status === 407) {
    const what = `${who} wants a user and a password (407)`;
    const next = hasUser
      ? `It does not take those in ${variable}: correct them.`
      : `Put them into ${variable}: http://USER:PASSWORD@${name}.`;
    return new ProxyError({reason: 'proxy', what, next});
  }
  // Gateways in trouble: the next attempt may go well.
  if (status >= 500) {
    const next = `Check the base URL and the proxy (${variable}), then try again.`;
    return new ProxyError({reason: 'network', what: `${who} could not reach ${target} (${status})`, next});
  }
  const what = `${who} does not let us through to ${target} (it answered ${status})`;
  const next = `Ask whoever runs it to allow ${target}, or set another proxy (${variable}).`;
  return new ProxyError({reason: 'proxy', what, next});
}

/** There was no talking to the proxy; `cause` is what the system reported. */
export function noTunnel({name, variable}: ProxyName, cause: unknown): ProxyError {
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  const said = (cause instanceof Error && oneLine(cause.message)) || code || 'unknown cause';
  if (/CERT|UNABLE_TO_/.test(code)) {
    const what = `the certificate of the proxy ${name} is not accepted (${said})`;
    const next = `If it has an authority of its own, name that in NODE_EXTRA_CA_CERTS; if not, check ${variable}.`;
    return new ProxyError({reason: 'proxy', what, next});
  }
  const what = `no answer from the proxy ${name} (${said})`;
  // It speaks something else, and will the next time.
  if (/^ERR_SSL_|^EPROTO$/.test(code) || (cause instanceof Error && cause.name === 'HTTPParserError')) {
    const next = `Check ${variable}: http:// and https:// proxies differ, and the port has to be the proxy's.`;
    return new ProxyError({reason: 'proxy', what, next});
  }
  const next = `Check ${variable} and that the proxy runs, then try again.`;
  return new ProxyError({reason: code === 'ENOTFOUND' ? 'address' : 'network', what, next});
}

/** The ProxyError behind what `fetch` threw, a few causes down. */
export function proxyErrorOf(error: unknown): ProxyError | undefined {
  let cause = error;
  for (let depth = 0; depth < 8 && cause instanceof Error; depth++) {
    if (cause instanceof ProxyError) return cause;
    ({cause} = cause);
  }
  return undefined;
}
