import {readdirSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {inspect} from 'node:util';

/** An admin key as OpenAI makes them, with nothing in it that a program or a file would hold by chance. */
export const KEY = 'sk-admin-Zq7mT2vXc9LrKp4WnYb8JdHs6FgA1eUo3iVxPzQwErTy_5N-0MsLqB7uRt2YkC9vXj4HdWpGnZa8Ef';

const windows = Array.from({length: KEY.length - 11}, (_, at) => KEY.slice(at, at + 12).toLowerCase());
const backwards = [...KEY].reverse().join('').slice(10, 40).toLowerCase();

/** Every part of the key, twelve characters or more, that a text holds, in whatever case; the key backwards counts too. */
export function leaksIn(text: string): readonly string[] {
  const small = text.toLowerCase();
  return [...windows.filter(part => small.includes(part)), ...(small.includes(backwards) ? ['backwards'] : [])];
}

/** The names and contents of all files below a folder. */
export function textsBelow(folder: string): readonly string[] {
  return readdirSync(folder, {recursive: true, encoding: 'utf8'}).map(name => {
    const path = join(folder, name);
    return statSync(path).isFile() ? `${name}\n${readFileSync(path, 'latin1')}` : name;
  });
}

/** Everything that can be read of an error: its texts, all own properties (hidden and symbols too), causes, prototypes. */
export function textsOf(error: unknown): readonly string[] {
  const texts = [inspect(error, {showHidden: true, depth: Number.POSITIVE_INFINITY, maxStringLength: null})];
  const seen = new Set<unknown>();
  const open = [error];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' && typeof value !== 'function') {
      texts.push(String(value));
      continue;
    }
    if (value === null || seen.has(value) || value === Function.prototype || value === Object.prototype) continue;
    seen.add(value);
    if (value instanceof Error) texts.push(JSON.stringify(value), String(value), value.stack ?? '');
    for (const name of Reflect.ownKeys(value)) {
      texts.push(String(name));
      open.push(propertyOf(value, name));
    }
    if (typeof value === 'object') open.push(Object.getPrototypeOf(value));
    if (value instanceof Map) open.push(...value.keys(), ...value.values());
  }
  return texts;
}

function propertyOf(holder: object, name: string | symbol): unknown {
  try {
    return Reflect.get(holder, name);
  } catch {
    // Some getters of prototypes want an instance.
    return undefined;
  }
}
