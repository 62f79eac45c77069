import {copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Damage} from './law-steps.ts';

/** Does that to one of the folder's files; returns its name, or undefined where there is none. */
export function damageFile(folder: string, damage: Damage, file: number, place: number): string | undefined {
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  const name = names[file % Math.max(1, names.length)];
  if (name === undefined) return undefined;
  const path = join(folder, name);
  const bytes = readFileSync(path);
  const at = place % Math.max(1, bytes.length);
  if (damage === 'locked') {
    writeFileSync(`${path}.lock`, "a dead program's");
    return undefined;
  }
  if (damage === 'leftover') {
    writeFileSync(`${path}.aaaaaaaa-0000-0000-0000-000000000000.tmp`, '[{"ke');
    return undefined;
  }
  if (damage === 'cut') writeFileSync(path, bytes.subarray(0, at));
  if (damage === 'empty') writeFileSync(path, '');
  if (damage === 'delete') rmSync(path);
  if (damage === 'flip') {
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (place % 8));
    writeFileSync(path, bytes);
  }
  if (damage === 'other month') copyFileSync(join(folder, names[place % names.length] ?? name), path);
  return name;
}
