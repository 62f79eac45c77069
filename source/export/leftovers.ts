import {join} from 'node:path';
import type {Files} from './save.ts';

/** What a temp file of ours is called; `id`: a UUID, which nobody can guess. */
export const temporaryName = (id: string): string => `.openai-usage-${id}.tmp`;

const pattern = /^\.openai-usage-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;

/** Milliseconds: an export that was suspended may go on the next morning, and one that goes on writes all the time. */
const leftoverAge = 24 * 3_600_000;

/**
 * Deletes what exports that were killed left in the folder: temp files of ours that are a day older than `newFile`, by
 * the file system's own clock. What cannot be listed or deleted stays: that is no reason to call an export a failure.
 */
export async function sweepLeftovers(folder: string, newFile: string, files: Files): Promise<void> {
  let names: string[];
  let now: number;
  try {
    names = (await files.readdir(folder)).filter(name => pattern.test(name));
    if (names.length === 0) return;
    now = (await files.lstat(newFile)).mtimeMs;
  } catch {
    // A folder that takes files but shows none; or somebody has moved the new file away already.
    return;
  }
  for (const path of names.map(name => join(folder, name))) {
    try {
      const found = await files.lstat(path);
      if (found.isFile() && now - found.mtimeMs > leftoverAge) await files.rm(path, {force: true});
    } catch {
      // Somebody else's file, in a folder for all; or one that another export has just swept away. The next may be ours.
    }
  }
}
