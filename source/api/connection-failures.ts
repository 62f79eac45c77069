import {ApiError, type Asked, type FailureReason} from './errors.ts';
import {proxyErrorOf} from './proxy-error.ts';
import {oneLine} from './refusals.ts';

type Broken = {
  readonly subject: string;
  readonly asked: Asked;
  readonly error: unknown;
  /** Where it was sent, in words: scheme, host and port, and the proxy it went through. */
  readonly origin: string;
  /** Whether the headers of an answer had come. */
  readonly hasBegun: boolean;
  /** Takes the admin key out of whatever the system or the server says. */
  readonly withoutKey: (text: string) => string;
};

type Verdict = {readonly reason: FailureReason; readonly what: string; readonly next: string};

/** What the system reported, as far as it said it. */
type Cause = {
  readonly code: string;
  readonly message: string;
  /** `host:port` that was called, which may be a proxy's. */
  readonly called: string | undefined;
  readonly hostname: string | undefined;
  /** OpenSSL's own word, as `wrong version number`. */
  readonly reason: string | undefined;
};

/** A connection that brought no answer, or none to its end, as the error that says why and what to do about it. */
export function connectionFailure({subject, asked, error, origin, hasBegun, withoutKey}: Broken): ApiError {
  const verdict = proxyErrorOf(error)?.verdict ?? verdictOf(causeOf(error), origin, hasBegun);
  return new ApiError({subject, asked, ...verdict, what: withoutKey(verdict.what), next: withoutKey(verdict.next)});
}

function verdictOf(cause: Cause, origin: string, hasBegun: boolean): Verdict {
  return certificateVerdict(cause, origin) ?? addressVerdict(cause, origin) ?? brokenVerdict(cause, origin, hasBegun);
}

const unknownAuthority = 'comes from an authority that is not known here';

/** What is wrong with a certificate, by OpenSSL's names (X509_verify_cert_error_string). */
const certificateFaults: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'is self-signed: no authority vouches for it',
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  CERT_HAS_EXPIRED: 'has expired',
  CERT_NOT_YET_VALID: 'is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'is for another host',
};

const isAboutCertificate =
  /^(CERT_|ERR_TLS_CERT_|UNABLE_TO_|ERROR_IN_CERT_|CRL_|INVALID_CA$|INVALID_PURPOSE$|PATH_LENGTH_EXCEEDED$|HOSTNAME_MISMATCH$)/;

function certificateVerdict({code, message}: Cause, origin: string): Verdict | undefined {
  const known = Object.hasOwn(certificateFaults, code) ? certificateFaults[code] : undefined;
  if (known === undefined && !isAboutCertificate.test(code)) return undefined;
  return {
    reason: 'certificate',
    what: `the certificate of ${origin} ${known ?? `is not accepted (${message})`}, so nothing was sent`,
    next: certificateAdvice(code),
  };
}

function certificateAdvice(code: string): string {
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return 'Check the date and time of this computer; if they are right, whoever runs that server has to renew it.';
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return 'Check the host name in the base URL, and whether something answers in its place (a proxy, the sign-in page of a network).';
  }
  return 'If your company or your own server uses an authority of its own, name its certificate (a PEM file) in NODE_EXTRA_CA_CERTS; if not, check the base URL and the network: something may be reading along.';
}

const checkAddress = 'Check the base URL for a typing mistake';

/** Failures of the address itself, which the next attempt hardly mends. */
function addressVerdict({code, message, hostname, reason}: Cause, origin: string): Verdict | undefined {
  if (code === 'ENOTFOUND') {
    return {
      reason: 'address',
      what: `no host is called ${hostname ?? origin} (DNS: ENOTFOUND)`,
      next: `${checkAddress}, and the network: some names are known only in a company's network or VPN.`,
    };
  }
  if (message === 'bad port') {
    return {
      reason: 'address',
      what: `nothing was sent to ${origin}: its port is kept for something other than HTTP (fetch: bad port)`,
      next: `${checkAddress}, or serve the API at another port.`,
    };
  }
  if (/^ERR_SSL_|^EPROTO$/.test(code)) {
    return {
      reason: 'address',
      what: `${origin} could not agree on a secure connection (TLS: ${reason ?? code})`,
      next: 'Check the base URL and its port: https:// needs a server that speaks TLS; a proxy in between may also be the cause.',
    };
  }
  return undefined;
}

const tryAgain = 'Check the network and the base URL, then try again.';

/** Failures that may have passed when it is tried again. */
function brokenVerdict({code, message, called, hostname}: Cause, origin: string, hasBegun: boolean): Verdict {
  const network = (what: string, next = tryAgain): Verdict => ({reason: 'network', what, next});
  switch (code) {
    case 'ECONNREFUSED':
      return network(
        `nothing listens at ${called ?? origin} (ECONNREFUSED: connection refused)`,
        'Check the base URL and its port, and whether that server runs; then try again.',
      );
    case 'EAI_AGAIN':
      return network(
        `the address of ${hostname ?? origin} could not be looked up (DNS: EAI_AGAIN)`,
        'Check the network connection, then try again.',
      );
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
    case 'ENETDOWN':
      return network(
        `there is no way to ${called ?? origin} (${code})`,
        'Check the network connection, then try again.',
      );
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
      return network(`${called ?? origin} could not be reached in time (${code})`, tryAgain);
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
      if (hasBegun) return network(`${origin} closed the connection in the middle of its answer (${message})`);
      if (/TLS/.test(message)) return network(`${origin} closed the connection before it was secure (${message})`);
      return network(`${origin} closed the connection before it answered (${message})`);
    default:
      return network(`no complete answer from ${origin} (${message})`);
  }
}

/** `fetch failed` says nothing: what the system reported stands a few causes down. */
function causeOf(error: unknown): Cause {
  let deepest = error;
  for (let depth = 0; depth < 8; depth++) {
    if (!(deepest instanceof Error) || !(deepest.cause instanceof Error)) break;
    deepest = deepest.cause;
  }
  const host = textOf(deepest, 'address');
  const port = deepest instanceof Error && 'port' in deepest ? deepest.port : undefined;
  const code = textOf(deepest, 'code') ?? '';
  const name = deepest instanceof Error ? deepest.name : 'unknown cause';
  return {
    code,
    message: oneLine(textOf(deepest, 'message') || code || name),
    called: host && `${host.includes(':') ? `[${host}]` : host}${typeof port === 'number' ? `:${port}` : ''}`,
    hostname: textOf(deepest, 'hostname'),
    reason: textOf(deepest, 'reason'),
  };
}

function textOf(error: unknown, field: 'address' | 'code' | 'hostname' | 'message' | 'reason'): string | undefined {
  if (!(error instanceof Error) || !(field in error)) return undefined;
  const value: unknown = Reflect.get(error, field);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
