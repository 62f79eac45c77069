export type StoreOptions = {
  /** Where the files are; undefined keeps everything in memory. */
  readonly folder: string | undefined;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** The numeric id of the user, whose files are believed; undefined where the system knows none. */
  readonly user?: number | undefined;
  /** The user's home folder, which is never made. */
  readonly home?: string | undefined;
  readonly memoryBytes?: number;
  /** Most bytes of all files together. */
  readonly diskBytes?: number;
  /** Gets a sentence or two on what is wrong with the disk, once for each kind of trouble. */
  readonly onTrouble?: (sentence: string) => void;
};
