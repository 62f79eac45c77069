type Trouble = {readonly kind: string; readonly cause: string; readonly advice: string};

const elsewhere = 'use --cache-dir';
const notAFolder: Trouble = {
  kind: 'path',
  cause: 'a file or a dead link is in its way',
  advice: `Remove it, or ${elsewhere}.`,
};
const notAFile: Trouble = {
  kind: 'folder',
  cause: 'a folder is where a file should be',
  advice: `Remove it, or ${elsewhere}.`,
};
const tooLong: Trouble = {
  kind: 'name',
  cause: 'the path is too long',
  advice: 'Use --cache-dir for a shorter one.',
};
const full: Trouble = {kind: 'full', cause: 'the disk is full', advice: `Free some space, or ${elsewhere}.`};
const unmakable: Trouble = {
  kind: 'unmakable',
  cause: 'nothing can be made there',
  advice: 'Use --cache-dir for another place.',
};
const forbidden: Trouble = {
  kind: 'rights',
  cause: 'you have no right to',
  advice: `Get access to it, or ${elsewhere}.`,
};

/** A home folder may be on a disk that comes back: what was made in its place would be hidden then. */
export class HomeIsGone extends Error {
  override readonly name = 'HomeIsGone';
  readonly syscall = 'mkdir';
  readonly code = 'HOME_IS_GONE';

  constructor(home: string) {
    super(`your home folder ${home} is gone`);
  }
}

const byCode: ReadonlyMap<string, Trouble> = new Map([
  ['ENOTDIR', notAFolder],
  // A file system such as /proc, which has its own files alone.
  ['ENOENT', unmakable],
  ['EEXIST', notAFolder],
  ['ELOOP', {...notAFolder, cause: 'a link on its way leads to itself'}],
  ['EISDIR', notAFile],
  ['ENOTEMPTY', notAFile],
  ['ENAMETOOLONG', tooLong],
  ['ENOSPC', full],
  ['EDQUOT', {...full, cause: 'your disk quota is used up'}],
  [
    'EFBIG',
    {
      kind: 'limit',
      cause: 'files may not be so large',
      advice: `Raise ulimit -f, or ${elsewhere}.`,
    },
  ],
  ['EROFS', {kind: 'read-only', cause: 'the disk is read-only', advice: `Make it writable, or ${elsewhere}.`}],
  ['HOME_IS_GONE', {kind: 'home', cause: 'your home folder is gone', advice: `Create it, or ${elsewhere}.`}],
  ['EACCES', forbidden],
  ['EPERM', forbidden],
]);

const consequences = {
  read: 'Its days are fetched again.',
  write: 'Going on from memory.',
  delete: 'What is there stays there.',
} as const;

export type Doing = keyof typeof consequences;

const participles = {read: 'read', write: 'written', delete: 'deleted'} as const;

/**
 * Returns a function to report the disk's failures to. `tell` gets one sentence or two (where, why, what follows, what
 * to do) the first time something of its kind happens, and nothing after that.
 */
export function troubleTeller(folder: string, tell: (sentence: string) => void) {
  const told = new Set<string>();
  return (doing: Doing, error: unknown): void => {
    const {kind, cause, advice} = troubleOf(error);
    // A path that is a file can be neither read nor written: one trouble. What stays undeleted is another.
    const key = doing === 'delete' ? `${kind} delete` : kind;
    if (told.has(key)) return;
    told.add(key);
    tell(`The cache at ${folder} can't be ${participles[doing]}: ${cause}. ${consequences[doing]} ${advice}`);
  };
}

/** Why the file system refused, as the middle of a sentence, and what to do about it. */
export function troubleOf(error: unknown): Trouble {
  const known = isSystemError(error) ? byCode.get(error.code) : undefined;
  const message = error instanceof Error ? error.message : String(error);
  return known ?? {kind: 'other', cause: message, advice: `If it stays so, ${elsewhere}.`};
}

/** Whether the file system said so: its errors carry a code such as ENOSPC. */
export function isSystemError(error: unknown): error is Error & {code: string} {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
}

export function isMissing(error: unknown): boolean {
  return isSystemError(error) && error.code === 'ENOENT';
}
