import {readAdminKey, readOrganizationId} from './admin-key.ts';
import {type Arguments, exampleFor} from './arguments.ts';
import type {Environment} from './environment.ts';
import {holdsKey, quoted, UsageMistake} from './mistake.ts';
import {type ProxyAddress, readProxy} from './proxy.ts';

const defaultBaseUrl = 'https://api.openai.com/v1';

/** Where the figures come from: the demo organization, or an organization behind the Admin API. */
export type AccountOptions =
  | ({readonly kind: 'demo'} & DemoOptions)
  | {
      readonly kind: 'organization';
      /** Without a slash at its end. */
      readonly baseUrl: string;
      /** Undefined if none is set: the session asks for one. */
      readonly adminKey: string | undefined;
      readonly organizationId: string | undefined;
      /** What stands between us and the base URL. */
      readonly proxy: ProxyAddress | undefined;
    };

/** How much the demo organization holds, and what its server does wrong on purpose, as `source/demo/faults.ts` reads it. */
export type DemoOptions = {readonly scale: number; readonly fault: string | undefined};

/** Reads account flags and `OPENAI_ADMIN_KEY`, `OPENAI_BASE_URL`, `OPENAI_ORG_ID`; the demo organization needs none of them. */
export function readAccount(given: Arguments, environment: Environment): AccountOptions {
  if (isOfDemo(given)) return {kind: 'demo', ...readDemo(given)};
  const demoFlag = (['scale', 'fault'] as const).find(given.isGiven);
  if (demoFlag !== undefined) {
    throw new UsageMistake(`--${demoFlag} is for the demo organization; write --demo ${exampleFor(demoFlag)}.`);
  }
  const baseUrl = readBaseUrl(given, environment);
  const isOffline = given.isGiven('offline');
  if (!isOffline) refuseUncheckedCertificates(baseUrl, environment);
  return {
    kind: 'organization',
    baseUrl,
    adminKey: readAdminKey(environment['OPENAI_ADMIN_KEY'], baseUrl),
    organizationId: readOrganizationId(environment['OPENAI_ORG_ID']),
    proxy: isOffline ? undefined : readProxy(baseUrl, environment),
  };
}

/** Whether the demo organization is asked for. Throws a UsageMistake where another one is, too. */
export function isOfDemo(given: Arguments): boolean {
  if (given.isGiven('demo') && given.isGiven('base-url')) {
    throw new UsageMistake('--demo and --base-url exclude each other; write --demo alone for the demo organization.');
  }
  return given.isGiven('demo');
}

/** `--fault` is only gathered here: the demo server reads its own language, and `cli` reports what it cannot read. */
export function readDemo(given: Arguments): DemoOptions {
  return {scale: readScale(given.text('scale') ?? '1'), fault: given.list('fault').join(',') || undefined};
}

function readScale(text: string): number {
  const scale = /^\d{1,4}(\.\d{1,3})?$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (scale >= 0.1 && scale <= 1000) return scale;
  throw new UsageMistake(
    `--scale must be a number from 0.1 to 1000, for example ${exampleFor('scale')}, not ${quoted(text)}.`,
  );
}

/** Where the API is, without a slash at its end. Throws a UsageMistake for what is no base URL, or an unsafe one. */
export function readBaseUrl(given: Arguments, environment: Environment): string {
  const flag = given.text('base-url');
  const variable = environment['OPENAI_BASE_URL']?.trim() || undefined;
  return flag === undefined ? checkBaseUrl('OPENAI_BASE_URL=', variable) : checkBaseUrl('--base-url ', flag);
}

/** `source` is what stands before the value where it was written: `--base-url ` or `OPENAI_BASE_URL=`. */
function checkBaseUrl(source: string, text = defaultBaseUrl): string {
  const name = source.slice(0, -1);
  const example = `${source}${defaultBaseUrl}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // Credentials may hide in whatever cannot be read as a URL: only what has no place for them is repeated.
  const repeated = /[@?#]/.test(text) ? '' : `, not ${quoted(text)}`;
  if (holdsKey(text)) {
    throw new UsageMistake(`${name} holds a key; a key is read from OPENAI_ADMIN_KEY alone. Write it like ${example}.`);
  }
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new UsageMistake(`${name} must be a whole http(s) URL, for example ${example}${repeated}.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageMistake(`${name} must not hold a user name or password; write it like ${example}.`);
  }
  if (/[?#]/.test(text)) {
    throw new UsageMistake(`${name} must end with its path, without ? or #; write it like ${example}.`);
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new UsageMistake(
      `${name} would send the admin key unencrypted to ${url.host}; write ${source}https://${url.host}${url.pathname}.`,
    );
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/** With this variable Node believes whoever answers to be the API: a warning on stderr is too little for this key. */
export function refuseUncheckedCertificates(baseUrl: string, environment: Environment): void {
  if (environment['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0' || !baseUrl.startsWith('https:')) return;
  throw new UsageMistake(
    'NODE_TLS_REJECT_UNAUTHORIZED=0 would send the admin key to whoever answers, since no certificate is checked; ' +
      'unset it, and name the certificate of your own authority instead: NODE_EXTRA_CA_CERTS=/path/to/authority.pem.',
  );
}

/** URL has brought every way to write an IPv4 address (127.1, 0x7f000001) into four decimal numbers. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
