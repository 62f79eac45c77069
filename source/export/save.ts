import {randomUUID} from 'node:crypto';
import type {Stats} from 'node:fs';
import nodeFiles, {type FileHandle} from 'node:fs/promises';
import {dirname, isAbsolute, resolve} from 'node:path';
import type {Chunk} from './chunks.ts';
import {sweepLeftovers, temporaryName} from './leftovers.ts';
import {explain, saveErrors} from './save-error.ts';

/** What saving needs of a file system: node:fs/promises, or a stand-in whose disk is full. */
export type Files = Pick<
  typeof nodeFiles,
  'access' | 'constants' | 'link' | 'lstat' | 'open' | 'readdir' | 'readlink' | 'rename' | 'rm' | 'stat'
>;

export type OutputOptions = {
  /** Replace an existing file. */
  readonly force?: boolean;
  /** The numeric id of who writes: only this user's links are followed. Undefined where the system knows none. */
  readonly user?: number | undefined;
  readonly files?: Files;
};

export type SaveOptions = OutputOptions & {readonly signal?: AbortSignal | undefined};

/**
 * Refuses an output that could not be written in the end, so that nothing is fetched in vain. Returns the file that is to
 * be written: the path itself, or where a link of the user's own leads.
 * Throws a `SaveError`: the path exists (without `force`), is a folder, a device or somebody else's link, its folder is
 * missing or read-only.
 */
export async function checkOutput(path: string, options: OutputOptions = {}): Promise<string> {
  const {force = false, files = nodeFiles} = options;
  if (path === '' || /[/\\]$/.test(path) || path.includes('\0')) throw saveErrors.namesNoFile(path);
  try {
    const [found, target] = await Promise.all([existing(files.lstat(path)), existing(files.stat(path))]);
    if (target?.isDirectory()) throw saveErrors.isFolder(path);
    // What is renamed over a device replaces it: /dev/null would be an ordinary file from then on, for everybody.
    // (/dev/stdout may well lead to a file; its link would be replaced.)
    if ((target && !target.isFile()) || (found && dirname(resolve(path)) === '/dev')) throw saveErrors.noFile(path);
    const output = await followed(path, options);
    if (found && !force) throw saveErrors.exists(path);
    const folder = dirname(output);
    const parent = await existing(files.stat(folder));
    if (parent && !parent.isDirectory()) throw saveErrors.notInFolder(path, folder);
    if (!parent) throw saveErrors.noFolder(path, folder);
    await files.access(folder, files.constants.W_OK | files.constants.X_OK);
    return output;
  } catch (error) {
    throw explain(error, path);
  }
}

const MOST_LINKS = 40;

/**
 * Where links lead, step by step; whether there is a file or not. A link of somebody else's is refused: in a folder that
 * all may write to, it would have us write where its owner may not.
 */
async function followed(path: string, {files = nodeFiles, user}: OutputOptions): Promise<string> {
  let at = path;
  for (let links = 0; links <= MOST_LINKS; links++) {
    const found = await existing(files.lstat(at));
    if (!found?.isSymbolicLink()) return at;
    if (user !== undefined && found.uid !== user) throw saveErrors.linkOfOthers(path, at);
    const next = await files.readlink(at);
    // Put together by hand: `join` would take a folder and `..` away, though the folder may be a link itself.
    at = isAbsolute(next) ? next : `${dirname(at)}/${next}`;
  }
  throw saveErrors.linkInCircles(path);
}

/**
 * Writes the chunks to a file that is whole or not there: into a temp file of the same folder (0600, a name nobody can
 * guess), on to the disk, then to its name. Without `force` an existing file is never replaced, not even one that came
 * while this was writing. A link of the user's own stays, and what it leads to is replaced (`checkOutput`); a link that
 * takes that file's place meanwhile is replaced itself, never written through.
 * Returns the path and the size in bytes. Throws a `SaveError`, or the signal's reason; either way no temp file stays;
 * one that a killed program left is swept away when it is a day old.
 */
export async function saveTo(
  path: string,
  chunks: Iterable<Chunk>,
  options: SaveOptions = {},
): Promise<{path: string; bytes: number}> {
  const {force = false, signal, files = nodeFiles} = options;
  const output = await checkOutput(path, options);
  const temporary = `${dirname(output)}/${temporaryName(randomUUID())}`;
  let bytes = 0;
  try {
    const file = await files.open(temporary, 'wx', 0o600);
    try {
      bytes = await writeAll(file, chunks, signal);
    } finally {
      await file.close();
    }
    signal?.throwIfAborted();
    if (force) await files.rename(temporary, output);
    else await claim(temporary, output, files);
  } catch (error) {
    // The first error is the one to tell; a temp file that cannot be removed either would only hide it.
    await files.rm(temporary, {force: true}).catch(() => {});
    throw error === signal?.reason ? error : explain(error, path);
  }
  await sweepLeftovers(dirname(output), output, files);
  return {path, bytes};
}

/** A leading `~` as the shell would read it; a path typed into a field never saw a shell. */
export function expandHome(path: string, home: string): string {
  return path === '~' || path.startsWith('~/') ? home + path.slice(1) : path;
}

/** Each write is a turn of the event loop, in which a screen can draw and a key cancel. */
async function writeAll(file: FileHandle, chunks: Iterable<Chunk>, signal: AbortSignal | undefined): Promise<number> {
  let bytes = 0;
  for (const chunk of chunks) {
    signal?.throwIfAborted();
    const data = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    await file.writeFile(data);
    bytes += data.length;
  }
  await file.sync();
  return bytes;
}

const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL']);

/**
 * Gives the temp file its name, unless the name is taken: rename would replace what is there, link refuses to.
 * Where there are no hard links (FAT, some network disks) an empty file claims the name, and only that is replaced.
 */
async function claim(temporary: string, path: string, files: Files): Promise<void> {
  try {
    await files.link(temporary, path);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw saveErrors.exists(path);
    if (!NO_LINKS.has(codeOf(error) ?? '')) throw error;
    await claimByName(temporary, path, files);
    return;
  }
  // The file has its name; a second one that cannot be removed is no reason to call the export a failure.
  await files.rm(temporary).catch(() => {});
}

/**
 * A program that is killed between the two steps leaves the empty file, and the next one says that the name is taken.
 * To look first and then rename would leave nothing, but would replace what somebody put there in between: that loses
 * a file, this none. A link as the placeholder needs what FAT lacks, too, and a copy could be left behind half written.
 */
async function claimByName(temporary: string, path: string, files: Files): Promise<void> {
  try {
    const placeholder = await files.open(path, 'wx', 0o600);
    await placeholder.close();
  } catch (error) {
    throw codeOf(error) === 'EEXIST' ? saveErrors.exists(path) : error;
  }
  try {
    await files.rename(temporary, path);
  } catch (error) {
    await files.rm(path, {force: true});
    throw error;
  }
}

async function existing(stats: Promise<Stats>): Promise<Stats | undefined> {
  try {
    return await stats;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
