import {randomUUID} from 'node:crypto';
import {closeSync, openSync, rmSync, writeSync} from 'node:fs';
import {dirname} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {readOwnFile} from './store-read.ts';
import {isSystemError} from './store-trouble.ts';

/** Milliseconds for which a lock may stay the same one: a write takes some, so its program was killed, or sleeps. */
const PATIENCE = 250;

/** Milliseconds after which nobody waits on, however busy a file is: what is lost to another then is fetched again. */
const LONGEST_WAIT = 5000;

const LONGEST_PAUSE = 20;

/**
 * Runs `action`, in one turn, while no other program that asks for the same lock runs its own. Where nobody holds it,
 * that is at once, and costs a tenth of a millisecond: a file is made and deleted.
 *
 * `path`: the lock's own file. Node has no lock that the system would give back for a killed program, and a program's
 * number says nothing on another machine or in another container. So a lock is a file that must not be there yet (`wx`,
 * which network disks keep to as well) with a text of its own, and whoever sees the same text for a quarter of a second deletes
 * it: no clock of another machine is believed, and nobody waits for the dead for longer. A program that was only slow, or
 * stopped, may so have lost its lock; it must look itself, before its last step, whether the ground has changed.
 * A folder that takes no files is no reason to wait: the action says itself what is wrong.
 */
export async function withLock<Result>(path: string, action: () => Result): Promise<Result> {
  const own = randomUUID();
  let seen: string | undefined;
  let unchanged = 0;
  let pause = 1;
  for (let waited = 0; waited < LONGEST_WAIT; waited += pause, unchanged += pause) {
    const holder = take(path, own);
    if (holder === undefined) break;
    if (holder !== seen) {
      seen = holder;
      unchanged = 0;
    } else if (unchanged >= PATIENCE) {
      // One that can't be deleted keeps nobody either.
      if (unchanged >= 2 * PATIENCE) break;
      giveBack(path, holder);
      unchanged = 2 * PATIENCE;
      continue;
    }
    pause = Math.min(LONGEST_PAUSE, pause * 2);
    await sleep(pause);
  }
  try {
    return action();
  } finally {
    giveBack(path, own);
  }
}

/** Makes the file. Returns what the one in its place says, or undefined where there is none, or can be none. */
function take(path: string, own: string): string | undefined {
  let file: number;
  try {
    file = openSync(path, 'wx', 0o600);
  } catch (error) {
    return isSystemError(error) && error.code === 'EEXIST' ? (holderOf(path) ?? '') : undefined;
  }
  try {
    writeSync(file, own);
  } catch {
    // A full disk: the action finds out for itself, but nobody else shall wait for a lock without a text.
    remove(path);
  } finally {
    closeSync(file);
  }
  return undefined;
}

/** Deletes the file unless it is another's by now. */
function giveBack(path: string, holder: string): void {
  if ((holderOf(path) ?? '') === holder) remove(path);
}

function remove(path: string): void {
  try {
    rmSync(path, {force: true});
  } catch {
    // It can't be deleted: everybody takes it for a dead program's, a quarter of a second a time, and it does nothing worse.
  }
}

function holderOf(path: string): string | undefined {
  try {
    // Whoever's it is; but a pipe would never be read to its end.
    const text = readOwnFile(path, {user: undefined, folder: dirname(path)}, 1000);
    return typeof text === 'string' ? undefined : text.toString();
  } catch {
    // It has just been given back, or is none of ours and can't be read.
    return undefined;
  }
}
