import {execFileSync} from 'node:child_process';
import {join} from 'node:path';

/** Why there can be no certificates here; undefined where there can. */
export const NO_CERTIFICATES: string | undefined = (() => {
  try {
    execFileSync('openssl', ['version'], {stdio: 'ignore'});
    return undefined;
  } catch {
    return 'openssl is not installed';
  }
})();

export type Identity = {readonly key: string; readonly certificate: string};

/** An authority that nobody knows, made anew in `folder`; every name is of files there. */
export type Authority = {
  /** What NODE_EXTRA_CA_CERTS is set to. */
  readonly file: string;
  /** A server's identity for one host name, good for two days or expired since yesterday. */
  identityFor(host: string, isExpired?: boolean): Identity;
};

export function makeAuthority(folder: string): Authority {
  const openssl = (...argv: string[]) => execFileSync('openssl', argv, {cwd: folder, stdio: 'pipe'});
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl('req', '-x509', ...newKey, '-days', '2', '-subj', '/CN=Test CA', '-keyout', 'ca.key', '-out', 'ca.pem');
  let count = 0;
  return {
    file: join(folder, 'ca.pem'),
    identityFor(host, isExpired = false) {
      const name = `server-${++count}`;
      const [key, request, certificate] = ['key', 'csr', 'pem'].map(ending => `${name}.${ending}`);
      if (!key || !request || !certificate) throw new Error('unreachable');
      const subject = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
      openssl('req', ...newKey, ...subject, '-keyout', key, '-out', request);
      const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-copy_extensions', 'copy'];
      openssl('x509', '-req', '-in', request, ...signing, '-days', isExpired ? '-1' : '2', '-out', certificate);
      return {key: join(folder, key), certificate: join(folder, certificate)};
    },
  };
}
