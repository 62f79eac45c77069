import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, onTestFinished} from 'vitest';

/** A folder that goes with the test. */
export function temporaryFolder(): string {
  return madeFor(onTestFinished);
}

/** A folder that goes with the file that asks for it. */
export function sharedFolder(): string {
  return madeFor(afterAll);
}

/** A folder that goes when the work in it is done, for tests that need a thousand. */
export async function inTemporaryFolder(work: (folder: string) => Promise<void>): Promise<void> {
  let remove = () => {};
  const folder = madeFor(end => {
    remove = end;
  });
  try {
    await work(folder);
  } finally {
    remove();
  }
}

function madeFor(atTheEnd: (remove: () => void) => void): string {
  const folder = mkdtempSync(join(tmpdir(), 'openai-usage-test-'));
  atTheEnd(() => rmSync(folder, {recursive: true, force: true}));
  return folder;
}
