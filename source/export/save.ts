import {randomUUID} from 'node:crypto';
import type {Stats} from 'node:fs';
import nodeFiles, {type FileHandle} from 'node:fs/promises';
import {dirname, join, resolve} from 'node:path';
import type {Chunk} from './chunks.ts';
import {explain, saveErrors} from './save-error.ts';

/** What saving needs of a file system: node:fs/promises, or a stand-in whose disk is full. */
export type Files = Pick<
  typeof nodeFiles,
  'access' | 'constants' | 'link' | 'lstat' | 'open' | 'rename' | 'rm' | 'stat'
>;

export type OutputOptions = {
  /** Replace an existing file. */
  readonly force?: boolean;
  readonly files?: Files;
};

export type SaveOptions = OutputOptions & {readonly signal?: AbortSignal | undefined};

/**
 * Refuses an output that could not be written in the end, so that nothing is fetched in vain.
 * Throws a `SaveError`: the path exists (without `force`), is a folder or a device, its folder is missing or read-only.
 */
export async function checkOutput(path: string, {force = false, files = nodeFiles}: OutputOptions = {}): Promise<void> {
  if (path === '' || /[/\\]$/.test(path) || path.includes('\0')) throw saveErrors.namesNoFile(path);
  const folder = dirname(path);
  try {
    const [found, target] = await Promise.all([existing(files.lstat(path)), existing(files.stat(path))]);
    if (target?.isDirectory()) throw saveErrors.isFolder(path);
    // What is renamed over a device replaces it: /dev/null would be an ordinary file from then on, for everybody.
    // (/dev/stdout may well lead to a file; its link would be replaced.)
    if ((target && !target.isFile()) || (found && dirname(resolve(path)) === '/dev')) throw saveErrors.noFile(path);
    if (found && !force) throw saveErrors.exists(path);
    const parent = await existing(files.stat(folder));
    if (parent && !parent.isDirectory()) throw saveErrors.notInFolder(path, folder);
    if (!parent) throw saveErrors.noFolder(path, folder);
    await files.access(folder, files.constants.W_OK | files.constants.X_OK);
  } catch (error) {
    throw explain(error, path);
  }
}

/**
 * Writes the chunks to a file that is whole or not there: into a temp file of the same folder (0600, a name nobody can
 * guess), on to the disk, then to its name. Without `force` an existing file is never replaced, not even one that came
 * while this was writing. A symbolic link is replaced, never written through: where it leads may not be ours.
 * Returns the path and the size in bytes. Throws a `SaveError`, or the signal's reason; either way no temp file stays.
 */
export async function saveTo(
  path: string,
  chunks: Iterable<Chunk>,
  {force = false, signal, files = nodeFiles}: SaveOptions = {},
): Promise<{path: string; bytes: number}> {
  await checkOutput(path, {force, files});
  const temporary = join(dirname(path), `.openai-usage-${randomUUID()}.tmp`);
  let bytes = 0;
  try {
    const file = await files.open(temporary, 'wx', 0o600);
    try {
      bytes = await writeAll(file, chunks, signal);
    } finally {
      await file.close();
    }
    signal?.throwIfAborted();
    if (force) await files.rename(temporary, path);
    else await claim(temporary, path, files);
  } catch (error) {
    // The first error is the one to tell; a temp file that cannot be removed either would only hide it.
    await files.rm(temporary, {force: true}).catch(() => {});
    throw error === signal?.reason ? error : explain(error, path);
  }
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
