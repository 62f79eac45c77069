/** Whoever knows so many characters of a key in a row knows too much of it. */
const LEAST_PART = 12;

/** Of any `LEAST_PART` characters, some `LOOKED_AT` in a row begin at a multiple of this: the others need no look. */
const STRIDE = 8;
const LOOKED_AT = LEAST_PART - STRIDE + 1;

export type KeyCleaner = {
  /** The text with `[admin key]` for the key, for any 12 characters of it, and for both as they are usually disguised. */
  readonly text: (text: string) => string;
  /**
   * What the JSON says, without the key in any text or name of it, whatever escapes it is spelled with. Disguises other
   * than JSON's own stay: to look for them too takes twice as long, and a server that means to hide the key has a hundred
   * more. Throws a SyntaxError for what is no JSON.
   */
  readonly parse: (json: string) => unknown;
  /** An error that nobody expected, with its stack; not with its cause and properties, of which some hold requests. */
  readonly bug: (error: unknown) => Error;
};

/**
 * Takes an admin key out of what others say: a server may send it back in an error, a name, a cursor, whole or with its
 * middle starred out. Capitals count as small letters, since host names lose them.
 */
export function cleanerOf(key: string): KeyCleaner {
  // So few characters are no secret, nor is what all admin keys begin with; both would be found in our own sentences.
  if (key.length < 6 || 'sk-admin-'.startsWith(key))
    return {text: text => text, parse: JSON.parse, bug: error => bugOf(error, text => text)};
  const least = Math.min(LEAST_PART, key.length);
  const plain = partsOf([key], least);
  const disguised = partsOf(disguisesOf(key), least);
  const text = (dirty: string) => cut(dirty, disguised, least);
  const isSuspect = suspicion(key, plain, least);
  const clean = (dirty: string) => (isSuspect(asComposed(dirty)) ? text(dirty) : dirty);
  return {
    text,
    bug: error => bugOf(error, text),
    parse(json) {
      const value: unknown = JSON.parse(json);
      // Cutting is slow: a few megabytes of texts that hold nothing would stop the screen for a second.
      return isSuspect(asComposed(asRead(json))) ? cleaned(value, clean) : value;
    },
  };
}

/** JSON's text with its characters as they are, as far as they may be a key's: it may spell any of them with an escape. */
function asRead(json: string): string {
  if (!json.includes('\\')) return json;
  return json.replaceAll(/\\u(00[2-7][\da-f]|212a|017f)|\\(["/\\])/gi, (_, code?: string, escaped = '') =>
    code === undefined ? escaped : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/**
 * The Kelvin sign and the long s are letters of a key as well: whoever composes a text, as we do for a screen, or compares
 * without case makes K and s of them.
 */
function asComposed(text: string): string {
  const hasNone = !text.includes('\u212a') && !text.includes('\u017f');
  return hasNone ? text : text.replaceAll('\u212a', 'k').replaceAll('\u017f', 's');
}

function bugOf(error: unknown, clean: (text: string) => string): Error {
  const bug = new Error(clean(error instanceof Error ? error.message : String(error)));
  if (error instanceof Error && error.stack !== undefined) bug.stack = clean(error.stack);
  return bug;
}

/** The key, and what becomes of it backwards, in an address, in hexadecimal, and in Base64 at any place of a text. */
function disguisesOf(key: string): string[] {
  const base64 = [0, 2, 3].map((lost, before) =>
    Buffer.from(' '.repeat(before) + key)
      .toString('base64')
      .replace(/.?=*$/, '')
      .slice(lost),
  );
  return [
    key,
    [...key].reverse().join(''),
    encodeURIComponent(key),
    JSON.stringify(key).slice(1, -1),
    Buffer.from(key).toString('hex'),
    ...base64,
    ...base64.map(text => text.replaceAll('+', '-').replaceAll('/', '_')),
  ];
}

function partsOf(texts: readonly string[], length: number): Set<string> {
  const parts = new Set<string>();
  for (const text of texts) {
    const small = withoutCapitals(text);
    for (let at = 0; at + length <= small.length; at++) parts.add(small.slice(at, at + length));
  }
  return parts;
}

function cut(text: string, parts: ReadonlySet<string>, length: number): string {
  const small = withoutCapitals(text);
  let result = '';
  let kept = 0;
  for (let at = 0; at + length <= small.length; at++) {
    if (!parts.has(small.slice(at, at + length))) continue;
    let end = at + length;
    while (end < small.length && parts.has(small.slice(end - length + 1, end + 1))) end++;
    result += `${text.slice(kept, at)}[admin key]`;
    kept = end;
    at = end - 1;
  }
  return kept === 0 ? text : result + text.slice(kept);
}

/** As long as the text, which `toLowerCase` and `normalize` are not always. */
function withoutCapitals(text: string): string {
  return asComposed(text).replaceAll(/[A-Z]+/g, capitals => capitals.toLowerCase());
}

/**
 * Whether a text may hold part of the key: all that it holds is found. A year's answers are 60 MB, which it looks through
 * in 30 ms, where a regular expression of the key's parts needs longer than JSON.parse: most places differ in two letters.
 */
function suspicion(key: string, parts: ReadonlySet<string>, length: number): (text: string) => boolean {
  if (length < LEAST_PART) return text => withoutCapitals(text).includes(withoutCapitals(key));
  const pairs = new Uint8Array(2 ** 14);
  const small = withoutCapitals(key);
  for (let at = 0; at + 1 < small.length; at++) pairs[pairAt(small, at)] = 1;
  return text => {
    for (let at = 0; at + LOOKED_AT <= text.length; at += STRIDE) {
      if (pairs[pairAt(text, at)] === 0) continue;
      let fitting = 1;
      while (fitting < LOOKED_AT - 1 && pairs[pairAt(text, at + fitting)] === 1) fitting++;
      if (fitting < LOOKED_AT - 1) continue;
      const around = withoutCapitals(text.slice(Math.max(0, at - STRIDE), at + STRIDE + LEAST_PART));
      for (let from = 0; from + length <= around.length; from++) {
        if (parts.has(around.slice(from, from + length))) return true;
      }
    }
    return false;
  };
}

/** Two characters as a number: small letters and capitals are one, and that others are taken for one does no harm. */
function pairAt(text: string, at: number): number {
  return (((text.charCodeAt(at) | 32) & 127) << 7) | ((text.charCodeAt(at + 1) | 32) & 127);
}

/** Cleans a parsed answer in place, without recursion: it may be nested as deep as somebody likes. */
function cleaned(json: unknown, clean: (text: string) => string): unknown {
  const whole = {json};
  const open: object[] = [whole];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    for (const [name, value] of Object.entries(one)) {
      if (typeof value === 'object' && value !== null) open.push(value);
      const [cleanName, cleanValue] = [clean(name), typeof value === 'string' ? clean(value) : value];
      if (cleanName === name && cleanValue === value) continue;
      if (cleanName !== name) Reflect.deleteProperty(one, name);
      // Not by assignment: a name may be `__proto__`.
      Object.defineProperty(one, cleanName, {value: cleanValue, writable: true, enumerable: true, configurable: true});
    }
  }
  return whole.json;
}
