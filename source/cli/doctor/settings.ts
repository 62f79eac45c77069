import {X509Certificate} from 'node:crypto';
import {readFileSync} from 'node:fs';
import type {Setting, Settings} from '../../options/doctor.ts';
import {proxyVariable} from '../../options/proxy.ts';
import {type Environment, missingKey} from '../../options.ts';
import type {Check} from './check.ts';

/** The settings one by one, as far as they can be seen without asking anybody. The key itself is in none of them. */
export function checkSettings(settings: Settings, environment: Environment): readonly Check[] {
  const {baseUrl, source, adminKey, organizationId, proxy} = settings;
  return [
    check('admin key', adminKey, key =>
      key === undefined ? {state: 'fix', found: missingKey(environment).message} : {state: 'ok', found: 'set'},
    ),
    ...('value' in organizationId && organizationId.value === undefined
      ? []
      : [check('organization', organizationId, id => ({state: 'ok', found: `${id} (OPENAI_ORG_ID)`}))]),
    check('base URL', baseUrl, url => ({state: 'ok', found: `${url} (${source})`})),
    ...checkAuthorities(environment['NODE_EXTRA_CA_CERTS']),
    check('proxy', proxy, address => {
      if (address !== undefined) {
        const user = address.authorization === undefined ? '' : ', with a user';
        return {state: 'ok', found: `${address.url} (${address.variable}${user})`};
      }
      if (proxyVariable('https', environment))
        return {state: 'ok', found: 'none for this base URL (NO_PROXY, or http:// on this computer)'};
      if (!proxyVariable('http', environment)) return {state: 'ok', found: 'none'};
      return {
        state: 'note',
        found: 'none: HTTP_PROXY is for http:// addresses alone',
        advice: 'If this network needs a proxy, set HTTPS_PROXY as well.',
      };
    }),
  ];
}

function check<Value>(name: string, setting: Setting<Value>, look: (value: Value) => Omit<Check, 'name'>): Check {
  return 'mistake' in setting ? {name, state: 'fix', found: setting.mistake} : {name, ...look(setting.value)};
}

const CERTIFICATE = /-----BEGIN (X509 |TRUSTED )?CERTIFICATE-----.*?-----END \1CERTIFICATE-----/gs;

/** Node reads the file when it starts, and says nothing to a session of one that it cannot read. */
function checkAuthorities(file: string | undefined): readonly Check[] {
  if (!file) return [];
  const name = 'authorities';
  if (holdsCertificates(file)) {
    return [{name, state: 'ok', found: `those of ${file} are trusted too (NODE_EXTRA_CA_CERTS)`}];
  }
  const advice = 'Correct NODE_EXTRA_CA_CERTS: it names a file in PEM form.';
  return [{name, state: 'fix', found: `${file} cannot be read, or holds no certificate, or a broken one`, advice}];
}

/** Whether there is a certificate in it and nothing wrong with any: Node takes none then. */
function holdsCertificates(file: string): boolean {
  try {
    const blocks = readFileSync(file, 'latin1').match(CERTIFICATE) ?? [];
    return blocks.length > 0 && blocks.every(block => new X509Certificate(block).serialNumber !== '');
  } catch {
    return false;
  }
}
