import {printable} from '../view/printable.ts';

export type SaveReason = 'exists' | 'is-folder' | 'no-folder' | 'not-writable' | 'full' | 'other';

/** The data could not be written. The message is for the reader: which path, why, and what to do next. */
export class SaveError extends Error {
  override readonly name = 'SaveError';
  readonly reason: SaveReason;

  constructor(reason: SaveReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** `Cannot write x.csv: why it is so. What to do.` */
function refusal(reason: SaveReason, place: string, sentences: string, options?: ErrorOptions): SaveError {
  return new SaveError(reason, `Cannot write ${shown(place)}: ${sentences}`, options);
}

/** A path as one harmless line; of one that fills the screen its ends. */
function shown(path: string): string {
  const line = printable(path);
  return line.length > 200 ? `${line.slice(0, 99)}…${line.slice(-100)}` : line;
}

const inCircles = 'it is a link that leads back to itself. Choose another path.';

export const saveErrors = {
  exists: (path: string) =>
    refusal('exists', path, 'it exists already. Choose another path or overwrite it with --force.'),
  isFolder: (path: string) => refusal('is-folder', path, 'it is a folder. Add the name of a file.'),
  namesNoFile: (path: string) =>
    refusal('is-folder', JSON.stringify(path), 'it names no file. Give the path of a file.'),
  noFolder: (path: string, folder: string) => {
    // Advice to create a folder named `~` would be bad advice.
    const advice = /^~|\$/.test(folder)
      ? ': no shell reads ~ or $ here. Give the whole path.'
      : '. Create it or choose another path.';
    return refusal('no-folder', path, `the folder ${shown(folder)} does not exist${advice}`);
  },
  notInFolder: (path: string, folder: string) =>
    refusal('no-folder', path, `${shown(folder)} is a file, not a folder. Choose another path.`),
  noFile: (path: string) =>
    refusal('other', path, 'it is a device or a pipe. Write to a file, or to standard output with --output -.'),
  linkOfOthers: (path: string, link: string) =>
    refusal(
      'other',
      path,
      `${link === path ? 'it is a link' : `it leads to ${shown(link)}, a link`} that belongs to somebody else, who could lead you anywhere. Choose another path.`,
    ),
  foreign: (path: string, ending: string) =>
    refusal('other', path, `no ${ending} is written here. End the name in .csv, .json or .ndjson.`),
  linkInCircles: (path: string) => refusal('other', path, inCircles),
};

/** What the system's errors mean, by their codes. */
const meanings: ReadonlyMap<unknown, readonly [SaveReason, string]> = new Map([
  ['ENOSPC', ['full', 'the disk is full. Make room or choose another path.']],
  ['EDQUOT', ['full', 'your disk quota is used up. Make room or choose another path.']],
  ['EFBIG', ['full', 'it would be larger than this system allows. Write less, or raise the limit (ulimit -f).']],
  ['EROFS', ['not-writable', 'the disk is read-only (EROFS). Choose another path.']],
  ['EACCES', ['not-writable', 'you may not write there (EACCES). Choose another path.']],
  ['EPERM', ['not-writable', 'you may not write there (EPERM). Choose another path.']],
  ['ENAMETOOLONG', ['other', 'the name is too long. Choose a shorter one.']],
  ['ENOENT', ['no-folder', 'its folder is no longer there, or takes no such file. Choose another path.']],
  ['ELOOP', ['other', inCircles]],
]);

/**
 * What the system's error means for whoever waits for the file at `place` (a path, or "standard output").
 * Anything that is not a system call's error is a bug or a cancellation, and comes back untouched.
 */
export function explain(error: unknown, place: string): unknown {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return error;
  const [reason, sentences] = meanings.get(error.code) ?? [
    'other',
    `${printable(error.message)}. Choose another path.`,
  ];
  return refusal(reason, place, sentences, {cause: error});
}
