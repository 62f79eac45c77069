import {execFileSync} from 'node:child_process';
import {onTestFinished} from 'vitest';
import {temporaryFolder} from './temporary-folder.ts';

/** A disk of its own in that folder, gone after the test. Only root may have one: everybody else skips the test. */
export function tinyDisk(skip: (reason: string) => void, options: string, folder = temporaryFolder()): string {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], {stdio: 'ignore'});
  } catch {
    skip('mounting a tiny disk takes root and Linux');
  }
  onTestFinished(() => void execFileSync('umount', [folder], {stdio: 'ignore'}));
  return folder;
}
