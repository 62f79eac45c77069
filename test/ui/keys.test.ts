import {StringDecoder} from 'node:string_decoder';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {decode, escapeDelay, giveUp, nothingUnread, patience, spell} from '../../source/ui/keys.ts';
import type {Key} from '../../source/ui/sequences.ts';
import {ignoredSequences, knownKeys} from './known-sequences.ts';

/** The keys of a stream that comes in these chunks, and then no more. */
function keysOf(...chunks: readonly (string | Buffer)[]): readonly Key[] {
  const keys: Key[] = [];
  const utf8 = new StringDecoder();
  let unread = nothingUnread;
  for (const chunk of chunks) {
    const decoded = decode(unread, typeof chunk === 'string' ? chunk : utf8.write(chunk));
    keys.push(...decoded.keys);
    unread = decoded.unread;
  }
  return [...keys, ...giveUp(unread)];
}

const spelled = (...chunks: readonly string[]) => keysOf(...chunks).map(spell);

const shown = (text: string) => JSON.stringify(text);

describe('one key at a time', () => {
  test.each(knownKeys.map(({sequence, keys}) => [shown(sequence), sequence, keys] as const))(
    '%s',
    (_, sequence, keys) => {
      expect(keysOf(sequence)).toEqual(keys);
    },
  );

  test.each(ignoredSequences.map(sequence => [shown(sequence), sequence] as const))('nothing for %s', (_, sequence) => {
    expect(spelled(`${sequence}k`)).toEqual(['k']);
  });

  test('a lone ESC is the Escape key once the wait is over', () => {
    const {keys, unread} = decode(nothingUnread, '\x1b');
    expect(keys).toEqual([]);
    expect(giveUp(unread)).toEqual([{name: 'escape'}]);
  });

  test('Escape typed twice, or before an arrow, is not lost', () => {
    expect(spelled('\x1b\x1b')).toEqual(['escape', 'escape']);
    expect(spelled('\x1b\x1b[A')).toEqual(['escape', 'up']);
  });

  test('a sequence that never ends is dropped, not typed', () => {
    for (const torso of ['\x1b[', '\x1b[1;5', '\x1bO', '\x1b]11;rgb', '\x1bP1', '\x1b[M!']) {
      expect(keysOf(torso)).toEqual([]);
    }
  });

  test('Ctrl+C is heard in the middle of a broken sequence', () => {
    for (const begun of ['\x1b', '\x1b[1;', '\x1bO', '\x1b]11;rgb', '\x1bPq']) {
      expect(spelled(`${begun}\x03`).at(-1)).toBe('ctrl-c');
    }
  });

  test('a sequence that breaks off leaves the next key whole', () => {
    expect(spelled('\x1b[1;\x1b[B')).toEqual(['down']);
    expect(spelled('\x1b]11;rgb\x1b[B')).toEqual(['down']);
    expect(spelled('\x1b[12\rq')).toEqual(['enter', 'q']);
  });
});

describe('cut everywhere', () => {
  const all = [...knownKeys.map(({sequence}) => sequence), ...ignoredSequences];

  test('every sequence means the same cut at every place', () => {
    for (const sequence of all) {
      const whole = keysOf(`${sequence}j`);
      const bytes = Buffer.from(`${sequence}j`);
      for (let at = 1; at < bytes.length - 1; at++) {
        expect(keysOf(bytes.subarray(0, at), bytes.subarray(at)), `${shown(sequence)} cut at ${at}`).toEqual(whole);
      }
    }
  });

  test('any row of sequences means the same cut at any places', () => {
    const row = fc.array(fc.constantFrom(...all), {minLength: 1, maxLength: 11});
    fc.assert(
      fc.property(row, fc.array(fc.nat(), {maxLength: 8}), (sequences, places) => {
        const text = `${sequences.join('')}j`;
        expect(keysOf(...pieces(Buffer.from(text), places))).toEqual(keysOf(text));
      }),
      {numRuns: 500},
    );
  });

  test('a row of known keys is those keys', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...knownKeys), {maxLength: 11}), known => {
        expect(keysOf(known.map(({sequence}) => sequence).join(''))).toEqual(known.flatMap(({keys}) => keys));
      }),
    );
  });

  test('whatever arrives, no control character is ever typed', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...'\x1b[]OPM_\\~$;<?0129Aqué\x07\x03\r\t\x00\u009b')), characters => {
        const typed = keysOf(...characters).flatMap(key => (key.name === 'text' ? key.text : []));
        expect(typed.join('')).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
      }),
      {numRuns: 500},
    );
  });
});

describe('what comes at once', () => {
  test('held-down keys are single keys, however many', () => {
    expect(spelled('jjj')).toEqual(['j', 'j', 'j']);
    expect(spelled('j'.repeat(300))).toHaveLength(300);
    expect(spelled('\x1b[B'.repeat(300))).toHaveLength(300);
    expect(spelled('\x7f'.repeat(300))).toHaveLength(300);
  });

  test('Enter typed ahead is as many Enters', () => {
    expect(spelled('\r\r')).toEqual(['enter', 'enter']);
    expect(spelled('jj\re\r')).toEqual(['j', 'j', 'enter', 'e', 'enter']);
  });

  test('a key or a list pasted without brackets is a paste, so that its letters work nothing', () => {
    const key = `sk-admin-${'a1B2c3D4'.repeat(8)}\r`;
    expect(keysOf(key)).toEqual([{name: 'paste', text: key}]);
    expect(keysOf('first line\rquit now')).toEqual([{name: 'paste', text: 'first line\rquit now'}]);
  });

  test('a date typed ahead with its Enter is typed', () => {
    expect(spelled('2026-10-01\r').at(-1)).toBe('enter');
  });
});

test('a secret pasted right behind the key that opens the search is pasted into the search', () => {
  const secret = 'sk-proj-Zq7vN2kXw4TbR9mYc1LhD8sPf3GjU6eAabcd';
  expect(keysOf(`/${secret}`)).toEqual([
    {name: 'text', text: '/'},
    {name: 'paste', text: secret},
  ]);
});

describe('pastes', () => {
  test('more of one character than a key held down sends is a paste, however much of it comes at once', () => {
    const text = 'x'.repeat(200_000);
    expect(keysOf(text)).toEqual([{name: 'paste', text: text.slice(0, 65_536)}]);
    expect(keysOf('x'.repeat(900))).toHaveLength(900);
  });

  test('are bounded', () => {
    const [paste] = keysOf(`\x1b[200~${'x'.repeat(70_000)}`, 'y'.repeat(70_000), '\x1b[201~');
    expect(paste).toEqual({name: 'paste', text: 'x'.repeat(65_536)});
  });

  test('end when their end never comes', () => {
    expect(keysOf('\x1b[200~abc')).toEqual([{name: 'paste', text: 'abc'}]);
  });

  test('take in no answer of the terminal, wherever the network cut it', () => {
    const stream = '\x1b[200~sk-admin\x1b[0n-abc\x1b[0n\x1b[201~j';
    const keys = [{name: 'answer'}, {name: 'answer'}, {name: 'paste', text: 'sk-admin-abc'}, {name: 'text', text: 'j'}];
    for (let at = 0; at < stream.length; at++) expect(keysOf(stream.slice(0, at), stream.slice(at))).toEqual(keys);
  });

  test('end with Ctrl+C, which still quits', () => {
    expect(spelled('\x1b[200~abc\x03q')).toEqual([undefined, 'ctrl-c', 'q']);
  });
});

describe('how long to wait', () => {
  test('150 ms for a lone ESC over SSH, 20 ms here', () => {
    expect(escapeDelay({SSH_CONNECTION: '10.0.0.1 22 10.0.0.2 22'})).toBe(150);
    expect(escapeDelay({SSH_TTY: '/dev/pts/1'})).toBe(150);
    expect(escapeDelay({SSH_TTY: ''})).toBe(20);
    expect(escapeDelay({})).toBe(20);
  });

  test('not at all for a whole key, longer once a sequence has surely begun', () => {
    const wait = (text: string) => patience(decode(nothingUnread, text).unread, 20);
    expect(wait('jjj')).toBeUndefined();
    expect(wait('j\x1b')).toBe(20);
    expect(wait('\x1b[')).toBe(1000);
    expect(wait('\x1b[200~half')).toBe(2000);
  });
});

function pieces(bytes: Buffer, places: readonly number[]): readonly Buffer[] {
  const cuts = [...new Set(places.map(place => place % (bytes.length + 1)))].sort((one, other) => one - other);
  return [0, ...cuts].map((from, index) => bytes.subarray(from, cuts[index] ?? bytes.length));
}
