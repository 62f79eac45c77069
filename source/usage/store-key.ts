import {createHash} from 'node:crypto';
import type {BucketWidth, EndpointName} from '../api/endpoints.ts';

/** What a cached day belongs to, besides the day: everything that shapes its rows. */
export type Series = {
  /** `demo`, or what `accountOf` made: it is a folder's name. */
  readonly account: string;
  readonly endpoint: EndpointName;
  readonly width: BucketWidth;
  readonly grouping: readonly string[];
  readonly filters: readonly (readonly [string, string])[];
};

/** The version of what the files hold. It is in their names too, so that two versions of the program share a folder. */
export const FORMAT = 3;

/** The file of an account's remembered names. */
export const NAMES = 'names';

/** The file that says whose an account is, and which account's cache it uses. */
export const ACCOUNT = 'account';

/** How the lock of a file ends, whose name is otherwise that of the file. */
export const LOCK = '.lock';

const accountPattern = /^(?:demo|[0-9a-f]{32})$/;
const cacheIdPattern = /^[0-9a-f]{24}-[a-z_]{1,40}-1[dhm]-\d{4}-\d{2}$/;
const temporaryPattern =
  /^(?:names|account|[0-9a-f]{24}-[a-z_]{1,40}-1[dhm]-\d{4}-\d{2})\.(?:[0-9a-f-]{36}\.tmp|lock)$/;

export type FileKind = 'usage' | 'names' | 'account' | 'temporary';

/** What a file in an account's folder is, by its name; undefined where it isn't ours, and must be left alone. */
export function kindOf(fileName: string): FileKind | undefined {
  if (fileName === NAMES) return 'names';
  if (fileName === ACCOUNT) return 'account';
  if (cacheIdPattern.test(fileName)) return 'usage';
  return temporaryPattern.test(fileName) ? 'temporary' : undefined;
}

export function isAccount(folderName: string): boolean {
  return accountPattern.test(folderName);
}

/**
 * The account's folder name. Only a hash of the admin key goes in, and a hash of it all comes out: nothing that could
 * be turned back into the key is ever written.
 */
export function accountOf(whose: Whose & {key: string}): string {
  return sha256(JSON.stringify([...partsOf(whose), sha256(whose.key)])).slice(0, 32);
}

/** What the accounts of one organization have in common, as a hash: base URL and organization id, if one is set. */
export function realmOf(whose: Whose): string {
  return sha256(JSON.stringify(partsOf(whose))).slice(0, 32);
}

type Whose = {readonly baseUrl: string; readonly organization?: string | undefined};

function partsOf({baseUrl, organization}: Whose): string[] {
  return [baseUrl.replace(/\/+$/, ''), organization ?? ''];
}

/**
 * The file, below the account's folder, that holds the series' days of a month (`2026-10`).
 * @throws RangeError where that would be no plain name of ours: flat-cache follows `../x` out of the folder.
 */
export function cacheIdOf(series: Series, month: string): string {
  const {endpoint, width, grouping, filters} = series;
  const hash = sha256(JSON.stringify([FORMAT, grouping, filters])).slice(0, 24);
  const cacheId = `${hash}-${endpoint}-${width}-${month}`;
  if (!cacheIdPattern.test(cacheId)) throw new RangeError(`Not a name for a cache file: ${cacheId}`);
  return cacheId;
}

/** @throws RangeError where `account` is not what `accountOf` makes: it would be a path of somebody's choosing. */
export function checkAccount(account: string): string {
  if (!isAccount(account)) throw new RangeError(`Not a name for an account's folder: ${account}`);
  return account;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
