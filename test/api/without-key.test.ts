import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {cleanerOf} from '../../source/api/without-key.ts';

const key = 'sk-admin-Zq7mT2vXc9LrKp4WnYb8JdHs6FgA1eUo3iVxPzQwErTy_5N-0M';

/** Every place of a text where 12 characters of the key stand, whatever their case. */
function found(text: string): string[] {
  const parts = Array.from({length: key.length - 11}, (_, at) => key.slice(at, at + 12).toLowerCase());
  return parts.filter(part => text.toLowerCase().includes(part));
}

describe('a text', () => {
  const {text: clean} = cleanerOf(key);

  test('loses the key, and what stands around it stays', () => {
    expect(clean(`Incorrect API key provided: ${key}.`)).toBe('Incorrect API key provided: [admin key].');
    expect(clean(`${key}${key} and ${key.toUpperCase()}`)).toBe('[admin key][admin key] and [admin key]');
  });

  test('loses what a server leaves of it when it stars out its middle', () => {
    expect(clean(`${key.slice(0, 13)}****${key.slice(-4)}`)).toBe('[admin key]****N-0M');
  });

  test.each([
    ['backwards', [...key].reverse().join('')],
    ['in hexadecimal', Buffer.from(key).toString('hex')],
    ['as Basic authentication', Buffer.from(`:${key}`).toString('base64')],
    ['in Base64 behind two characters', Buffer.from(`ab${key}`).toString('base64')],
    ['in Base64 of addresses', Buffer.from(`{"key":"${key}"}`).toString('base64url')],
  ])('loses it %s', (_, text) => {
    const middle = text.slice(12, 24);
    expect(clean(`He said ${text}!`)).not.toContain(middle);
    expect(clean(`He said ${text}!`)).toContain('[admin key]');
  });

  test('loses a key with characters that addresses and JSON write in their own way', () => {
    const odd = 'gate/way+key="a\\b"==0123';
    for (const text of [odd, encodeURIComponent(odd), JSON.stringify(odd)]) {
      expect(cleanerOf(odd).text(text).replaceAll('"', '')).toBe('[admin key]');
    }
  });

  test.each(['sk-', 'sk-admin', 'sk-admin-'])(
    'keeps the beginning of all admin keys where the key is no more: %s',
    key => {
      expect(cleanerOf(key).text('no admin key (sk-admin-…)')).toBe('no admin key (sk-admin-…)');
    },
  );

  test('loses it where a Kelvin sign stands for K, or a long s for s, which a screen composes to the letter', () => {
    const like = key.replaceAll('K', '\u212a').replaceAll('s', '\u017f');
    expect(like).not.toBe(key);
    for (const text of [like, like.slice(14, 26), key.replace('k', '\u212a')]) {
      expect(clean(`a ${text} \u212a \u017f`)).toBe('a [admin key] \u212a \u017f');
    }
  });

  test('keeps what is shorter than twelve characters of it, and what is not of it', () => {
    for (const text of [key.slice(0, 11), 'sk-admin-…', 'completions', 'ẞİK sk-admin-another-key', '']) {
      expect(clean(text)).toBe(text);
    }
  });

  test('never holds twelve characters of the key, however parts of it are put together', () => {
    const part = fc.tuple(fc.nat(key.length), fc.nat(key.length), fc.boolean()).map(([from, length, isLoud]) => {
      const piece = key.slice(from, from + length);
      return isLoud ? piece.toUpperCase() : piece;
    });
    const dirty = fc.array(fc.oneof(part, fc.string({unit: 'binary'})), {maxLength: 12}).map(pieces => pieces.join(''));
    fc.assert(
      fc.property(dirty, text => {
        expect(found(clean(text))).toEqual([]);
        if (found(text).length === 0) expect(clean(text)).toBe(text);
      }),
      {seed: 5, numRuns: 500},
    );
  });
});

describe('an answer', () => {
  const {parse} = cleanerOf(key);

  test('is what JSON says it is', () => {
    const json = '{"data":[{"id":"proj_1","name":"é\\u00e9 \\u0041","n":1.5,"none":null}],"__proto__":{"a":1}}';
    expect(JSON.stringify(parse(json))).toBe(JSON.stringify(JSON.parse(json)));
    expect(() => parse('{"data": [')).toThrow(SyntaxError);
  });

  test('loses the key in texts and names of any depth', () => {
    const part = key.slice(20, 32);
    const json = JSON.stringify({[key]: 1, data: [{name: `Key ${key}`, list: [[part]]}], next_page: `after_${part}`});
    expect(parse(json)).toEqual({
      '[admin key]': 1,
      data: [{name: 'Key [admin key]', list: [['[admin key]']]}],
      next_page: 'after_[admin key]',
    });
    expect(parse(JSON.stringify(key))).toBe('[admin key]');
  });

  test('loses it where it is spelled with escapes, or called __proto__', () => {
    const spelled = [...key].map(letter => `\\u00${letter.charCodeAt(0).toString(16)}`).join('');
    const read = parse(`{"__proto__": "${spelled}", "constructor": "${key}"}`);
    expect(JSON.stringify(read)).toBe('{"__proto__":"[admin key]","constructor":"[admin key]"}');
  });

  test.each([
    ['as they are', (letter: string) => letter],
    ['as escapes', (letter: string) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`],
    ['as loud escapes', (letter: string) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`],
  ])('loses it where letters that are composed to its own are sent %s', (_, spell) => {
    const like = key.slice(12, 30).replace(/K/, spell('\u212a')).replace(/s/, spell('\u017f'));
    expect(parse(`{"name":"${like}"}`)).toEqual({name: '[admin key]'});
  });

  test('may be nested as deep as somebody likes', () => {
    const depth = 20_000;
    const read = parse(`${'['.repeat(depth)}"${key}"${']'.repeat(depth)}`);
    let inner = read;
    while (Array.isArray(inner)) [inner] = inner;
    expect(inner).toBe('[admin key]');
  });

  test('never holds twelve characters of the key, in names or values, in whatever mix of escapes they are spelled', () => {
    const odd = `sk-admin-a/b"c\\d/${key.slice(9, 40)}/x`;
    const {parse} = cleanerOf(odd);
    const codeOf = (letter: string) => letter.charCodeAt(0).toString(16).padStart(4, '0');
    const spellings: ((letter: string) => string)[] = [
      letter => JSON.stringify(letter).slice(1, -1),
      letter => (letter === '/' ? '\\/' : JSON.stringify(letter).slice(1, -1)),
      letter => `\\u${codeOf(letter)}`,
      letter => `\\u${codeOf(letter).toUpperCase()}`,
    ];
    const spelled = fc
      .tuple(fc.nat(odd.length - 12), fc.integer({min: 12, max: odd.length}), fc.infiniteStream(fc.nat(3)))
      .map(([from, length, ways]) =>
        [...odd.slice(from, from + length)].map(letter => spellings[ways.next().value ?? 0]?.(letter)).join(''),
      );
    const around = fc.string().map(text => JSON.stringify(text).slice(1, -1));
    const parts = Array.from({length: odd.length - 11}, (_, at) => odd.slice(at, at + 12).toLowerCase());
    const foundIn = (text: string) => parts.filter(part => text.toLowerCase().includes(part));
    fc.assert(
      fc.property(spelled, spelled, around, around, (name, value, before, after) => {
        const json = `{"${before}${name}${after}":[{"a":"${after}${value}${before}"}]}`;
        const [[cleanName, inner] = ['', undefined]] = Object.entries(JSON.parse(json));
        expect(foundIn(cleanName + JSON.stringify(inner)).length).toBeGreaterThan(0);
        for (const [itsName, [{a}]] of Object.entries<[{a: string}]>(Object(parse(json)))) {
          expect([...foundIn(itsName), ...foundIn(a)]).toEqual([]);
        }
      }),
      {seed: 5, numRuns: 1000},
    );
  });

  test('loses a key whose slashes are escaped, as PHP does', () => {
    const {parse} = cleanerOf('gate/way/ab/cd/ef/gh/ij/kl');
    expect(parse('{"name":"gate\\/way\\/ab\\/cd\\/ef\\/gh\\/ij\\/kl"}')).toEqual({name: '[admin key]'});
  });

  test('never holds twelve characters of the key, wherever in it they stand', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(key.length - 12), fc.integer({min: 12, max: 40}), (before, from, length) => {
        const json = JSON.stringify([`${before}${key.slice(from, from + length)}`]);
        expect(found(JSON.stringify(parse(json)))).toEqual([]);
      }),
      {seed: 5, numRuns: 1000},
    );
  });
});
