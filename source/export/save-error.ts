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

export const saveErrors = {
  exists: (path: string) =>
    new SaveError(
      'exists',
      `Cannot write ${path}: it exists already. Choose another path or overwrite it with --force.`,
    ),
  isFolder: (path: string) =>
    new SaveError('is-folder', `Cannot write ${path}: it is a folder. Add the name of a file.`),
  namesNoFile: (path: string) =>
    new SaveError('is-folder', `Cannot write ${JSON.stringify(path)}: it names no file. Give the path of a file.`),
  noFolder: (path: string, folder: string) =>
    new SaveError(
      'no-folder',
      `Cannot write ${path}: the folder ${folder} does not exist. Create it or choose another path.`,
    ),
  notInFolder: (path: string, folder: string) =>
    new SaveError('no-folder', `Cannot write ${path}: ${folder} is a file, not a folder. Choose another path.`),
  noFile: (path: string) =>
    new SaveError(
      'other',
      `Cannot write ${path}: it is a device or a pipe. Write to a file, or to standard output with --output -.`,
    ),
};

/**
 * What the system's error means for whoever waits for the file at `place` (a path, or "standard output").
 * Anything that is not a system call's error is a bug or a cancellation, and comes back untouched.
 */
export function explain(error: unknown, place: string): unknown {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return error;
  const cause = {cause: error};
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new SaveError('full', `Cannot write ${place}: the disk is full. Make room or choose another path.`, cause);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new SaveError(
        'not-writable',
        `Cannot write ${place}: you may not write there (${error.code}). Choose another path.`,
        cause,
      );
    case 'ENAMETOOLONG':
      return new SaveError('other', `Cannot write ${place}: the name is too long. Choose a shorter one.`, cause);
    default:
      return new SaveError('other', `Cannot write ${place}: ${error.message}. Choose another path.`, cause);
  }
}
