import {randomUUID} from 'node:crypto';
import {type BigIntStats, closeSync, fstatSync, lstatSync, openSync, writeSync} from 'node:fs';
import {dirname} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {deleteFile} from './store-folder.ts';
import {readOwnFile} from './store-read.ts';
import {isSystemError} from './store-trouble.ts';
import {Waiting} from './store-waiting.ts';

/** Milliseconds for which a lock may stay the same one: a write takes some, so its program was killed, or sleeps. */
const PATIENCE = 250;

/** Milliseconds after which nobody waits on, however busy a file is: what is lost to another then is fetched again. */
const LONGEST_WAIT = 5000;

const LONGEST_PAUSE = 20;

/** Says that the action goes on, and for how many milliseconds from now nobody need think that its program is dead. */
export type Hold = (milliseconds: number) => void;

/** `state`: what no two locks have in common, nor one before and after its holder has said that it goes on. `asked`: for how long. */
type Found = {readonly path: string; readonly state: string; readonly asked: number};

type Held = {readonly path: string; readonly file: number};

/**
 * Runs `action`, in one turn, while no other program that asks for one of the same locks runs its own. Where nobody
 * holds one, that is at once, and costs a tenth of a millisecond: a file is made and deleted. Of several locks none is
 * held while another one is waited for: so nobody waits in a circle.
 *
 * `paths`: the locks' own files. Node has no lock that the system would give back for a killed program, and a program's
 * number says nothing on another machine or in another container. So a lock is a file that must not be there yet (`wx`,
 * which network disks keep to as well), and whoever sees the same one, unchanged, for a quarter of a second, or for as
 * long as it says itself and `waiting` allows, deletes it: no clock of another machine is believed, and nobody waits for
 * the dead for longer. Who is to end waits for nobody, and goes on without the locks that others hold.
 * Inode, time of change and text together say which one it is: one that was just made has no text yet.
 * A folder that takes no files is no reason to wait: the action says itself what is wrong.
 *
 * What remains: a program that was stopped, or whose disk took longer than it had said, may have lost its lock; so has
 * who meets two that break the same dead lock within the same microseconds. Before its last step an action must look
 * itself whether the ground has changed.
 */
export async function withLock<Result>(
  paths: string | readonly string[],
  action: (hold: Hold) => Result,
  waiting = new Waiting(),
): Promise<Result> {
  const own = randomUUID();
  const wanted = [...new Set([paths].flat())];
  const began = waiting.now();
  let held = takeAll(wanted, own);
  let [state, since] = ['', began];
  for (let pause = 2; !('length' in held) && !waiting.isOver; pause = Math.min(LONGEST_PAUSE, pause * 2)) {
    const now = waiting.now();
    if (held.state !== state) [state, since] = [held.state, now];
    const patience = waiting.patience(held.asked);
    if (now - since >= patience) {
      waiting.waste(now - since);
      // One that can't be deleted keeps nobody either.
      if (lookAt(held.path)?.state === state && !remove(held.path)) break;
    } else if (now - began >= LONGEST_WAIT + patience) {
      break;
    } else {
      await sleep(pause);
    }
    held = takeAll(wanted, own);
  }
  const locks = 'length' in held ? held : [];
  let until = waiting.now() + PATIENCE;
  try {
    return action(milliseconds => {
      // What everybody is given anyway need not be asked for: most files are small.
      if (waiting.now() + milliseconds <= until) return;
      until = waiting.now() + Math.max(PATIENCE, milliseconds);
      for (const {file} of locks) sign(file, own, milliseconds);
    });
  } finally {
    giveBack(locks);
  }
}

/** Takes all locks, or none: returns the one that is another's. A place that can have none counts as taken. */
function takeAll(paths: readonly string[], own: string): readonly Held[] | Found {
  const held: Held[] = [];
  for (const path of paths) {
    const taken = take(path, own);
    if (taken !== undefined && 'state' in taken) {
      giveBack(held);
      return taken;
    }
    if (taken !== undefined) held.push(taken);
  }
  return held;
}

function take(path: string, own: string): Held | Found | undefined {
  let file: number;
  try {
    file = openSync(path, 'wx', 0o600);
  } catch (error) {
    if (!isSystemError(error) || error.code !== 'EEXIST') return undefined;
    // Given back just now: the next to be seen is another one, even if it is seen at the same moment of its life.
    return lookAt(path) ?? {path, state: randomUUID(), asked: PATIENCE};
  }
  if (sign(file, own, PATIENCE)) return {path, file};
  // A full disk: the action finds out for itself, but nobody else shall wait for a lock without a text.
  closeSync(file);
  remove(path);
  return undefined;
}

/** Through the file, not by its name: where the lock is another's by now, that one stays as it is. */
function sign(file: number, own: string, milliseconds: number): boolean {
  try {
    // Always as long as before: nobody shall read half of one and half of the other.
    writeSync(file, `${own} ${Math.ceil(milliseconds).toFixed().padStart(9)}`, 0);
    return true;
  } catch {
    // The disk is full, or gone.
    return false;
  }
}

/** Deletes those that are not another's by now. */
function giveBack(locks: readonly Held[]): void {
  for (const {path, file} of locks) {
    // While it is open nobody else's file can have its inode.
    const isOurs = inodeOf(() => fstatSync(file, {bigint: true})) === inodeOf(() => lstatSync(path, {bigint: true}));
    closeSync(file);
    if (isOurs) remove(path);
  }
}

/** Undefined where the file is gone, or the disk. */
function inodeOf(look: () => BigIntStats): bigint | undefined {
  try {
    return look().ino;
  } catch {
    return undefined;
  }
}

/** Returns whether it is gone. */
function remove(path: string): boolean {
  try {
    deleteFile(path);
    return true;
  } catch {
    // It can't be deleted: everybody takes it for a dead program's, a quarter of a second a time, and it does nothing worse.
    return false;
  }
}

/** Undefined where it has just been given back. */
function lookAt(path: string): Found | undefined {
  try {
    const {ino, ctimeNs} = lstatSync(path, {bigint: true});
    const text = textOf(path);
    const asked = Number(/^\S{36} +(\d{1,9})$/.exec(text)?.[1] ?? 0);
    return {path, state: `${path} ${ino} ${ctimeNs} ${text}`, asked: Math.max(PATIENCE, asked)};
  } catch {
    return undefined;
  }
}

/** Empty where there is none, or none that can be read: a pipe would never come to its end. */
function textOf(path: string): string {
  try {
    // Whoever's it is.
    const text = readOwnFile(path, {user: undefined, folder: dirname(path)}, 1000);
    return typeof text === 'string' ? '' : text.toString();
  } catch {
    return '';
  }
}
