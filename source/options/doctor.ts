import {isOfDemo, readBaseUrl, refuseUncheckedCertificates} from './account.ts';
import {readAdminKey, readOrganizationId} from './admin-key.ts';
import type {Arguments} from './arguments.ts';
import type {Environment} from './environment.ts';
import {UsageMistake} from './mistake.ts';
import {type ProxyAddress, readProxy} from './proxy.ts';

/** A setting as it was read, or the sentence that says what is wrong with it. */
export type Setting<Value> = {readonly value: Value} | {readonly mistake: string};

/** The settings that decide whom a fetch would ask, and how. */
export type Settings = {
  readonly baseUrl: Setting<string>;
  /** Where the base URL was set. */
  readonly source: '--base-url' | 'OPENAI_BASE_URL' | 'default';
  readonly adminKey: Setting<string | undefined>;
  readonly organizationId: Setting<string | undefined>;
  /** What stands between us and the base URL; nothing where that cannot be read. */
  readonly proxy: Setting<ProxyAddress | undefined>;
};

export type DoctorQuestion = {
  /** Undefined for the demo organization, which has none. */
  readonly settings: Settings | undefined;
  /** Nothing is sent. */
  readonly offline: boolean;
  /** Seconds. */
  readonly timeout: number;
  /** The flag alone; `cacheFolder` knows the rest. */
  readonly cacheDir: string | undefined;
};

/** Reads what `doctor` looks at. Throws a UsageMistake for its own flags alone. */
export function readDoctor(given: Arguments, environment: Environment): DoctorQuestion {
  return {
    settings: isOfDemo(given) ? undefined : readSettings(given, environment),
    offline: given.isGiven('offline'),
    timeout: given.whole('timeout', 1, 600) ?? 30,
    cacheDir: given.text('cache-dir'),
  };
}

function readSettings(given: Arguments, environment: Environment): Settings {
  const baseUrl = settingOf(() => {
    const url = readBaseUrl(given, environment);
    refuseUncheckedCertificates(url, environment);
    return url;
  });
  const whose = 'value' in baseUrl ? baseUrl.value : undefined;
  return {
    baseUrl,
    source: given.isGiven('base-url')
      ? '--base-url'
      : environment['OPENAI_BASE_URL']?.trim()
        ? 'OPENAI_BASE_URL'
        : 'default',
    adminKey: settingOf(() => readAdminKey(environment['OPENAI_ADMIN_KEY'], whose)),
    organizationId: settingOf(() => readOrganizationId(environment['OPENAI_ORG_ID'])),
    proxy: settingOf(() => (whose === undefined ? undefined : readProxy(whose, environment))),
  };
}

function settingOf<Value>(read: () => Value): Setting<Value> {
  try {
    return {value: read()};
  } catch (error) {
    if (error instanceof UsageMistake) return {mistake: error.message};
    throw error;
  }
}
