import {boundKeys} from '../../source/ui/keymap.ts';
import {ignoredSequences, knownKeys} from '../ui/known-sequences.ts';

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What may come from a terminal: bytes in the chunks they come in, or another size. */
export type Stroke =
  | {readonly kind: 'bytes'; readonly chunks: readonly Buffer[]}
  | {readonly kind: 'size'; readonly columns: number; readonly rows: number};

/** Keys that end a session, which a fuzz wants rarely; a screen that is left at once is not tried. */
const LEAVING = new Set(['q', 'ctrl-c', 'ctrl-z']);

const encodings = new Map<string, string[]>();
for (const {sequence, keys} of knownKeys) {
  const [key] = keys;
  if (keys.length !== 1 || !key || key.name === 'text' || key.name === 'paste') continue;
  encodings.set(key.name, [...(encodings.get(key.name) ?? []), sequence]);
}

/** Every key of the key map as terminals send it, each in all its encodings. */
const bound: readonly (readonly string[])[] = [...new Set(boundKeys().map(({key}) => key))]
  .filter(key => !LEAVING.has(key))
  .map(key => encodings.get(key) ?? [key === 'escape' ? '\x1b' : key === 'space' ? ' ' : encodedControl(key)]);

function encodedControl(key: string): string {
  return key.startsWith('ctrl-') ? String.fromCharCode(key.charCodeAt(5) - 96) : key;
}

const texts = [
  'gpt',
  '>5',
  '=',
  '!',
  '2026-10',
  '日本語',
  '🙂',
  'e\u0301',
  'ﷺ',
  '\u202e',
  '\u200b',
  'sk-',
  '~',
  '%',
  '\\',
  '../x',
];

/**
 * Keys, and what else comes over a wire, at random: bound and unbound keys, control bytes, sequences in pieces, pastes,
 * UTF-8 in pieces and broken, answers nobody asked for, C1 controls, and sizes down to 1x1. `without` leaves characters
 * out wherever they would be typed.
 */
export function randomStrokes(random: () => number, {without = ''}: {readonly without?: string} = {}): () => Stroke {
  const upTo = (most: number) => Math.floor(random() * most);
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[upTo(items.length)];
    if (item === undefined) throw new Error('Nothing to pick from.');
    return item;
  };
  const allowed = (text: string) => [...text].filter(character => !without.includes(character)).join('');
  const sent = (text: string): Stroke => ({kind: 'bytes', chunks: [Buffer.from(allowed(text))]});
  const cut = (text: string): Stroke => inPieces(Buffer.from(allowed(text)));
  const inPieces = (bytes: Buffer): Stroke => {
    const at = upTo(bytes.length + 1);
    return {kind: 'bytes', chunks: [bytes.subarray(0, at), bytes.subarray(at)]};
  };
  const printables = () =>
    Array.from({length: 1 + upTo(4)}, () => String.fromCharCode(0x20 + upTo(0x5f)).replace('q', '')).join('');
  const pasted = () => {
    const text = Array.from({length: upTo(6)}, () =>
      pick([...texts, '\n', '\r', '\t', '\x1b[A', '\x1b[2J', '\x07', ' ']),
    ).join('');
    return random() < 0.02 ? text + 'x'.repeat(upTo(200_000)) : text;
  };
  const kinds: readonly (readonly [weight: number, make: () => Stroke])[] = [
    [600, () => sent(pick(pick(bound)))],
    [40, () => sent(pick(pick(bound)).repeat(1 + upTo(20)))],
    [60, () => cut(pick(pick(bound)))],
    [30, () => sent(printables())],
    [20, () => sent(pick(texts))],
    [10, () => cut(pick(texts))],
    // Control bytes but for Ctrl+C and Ctrl+Z.
    [
      20,
      () =>
        sent(
          String.fromCharCode(
            pick([...Array.from({length: 32}, (_, code) => code), 127].filter(code => code !== 3 && code !== 26)),
          ),
        ),
    ],
    [10, () => sent(`\x1b[200~${pasted()}\x1b[201~`)],
    [5, () => cut(`\x1b[200~${pasted()}\x1b[201~`)],
    // A paste whose end never comes.
    [1, () => sent(`\x1b[200~${pasted()}`)],
    [5, () => sent(pasted().replaceAll('q', ''))],
    [10, () => inPieces(Buffer.from(Array.from({length: 1 + upTo(6)}, () => 0x80 + upTo(0x80))))],
    [20, () => sent(pick(ignoredSequences))],
    [10, () => cut(pick(ignoredSequences))],
    [10, () => sent(pick(['\x1b[0n', '\x1b[0n\x1b[0n', '\x1b[3n', `\x1b[${upTo(300)};${upTo(300)}R`]))],
    [10, () => sent(`\x1b[<${upTo(130)};${upTo(300)};${upTo(100)}${pick(['M', 'm'])}`)],
    [5, () => sent(String.fromCodePoint(0x80 + upTo(0x20)))],
    [5, () => sent(`\x1b${pick(['', '[', 'O', ']', 'P', '[1;', '[<', '[200', '_'])}`)],
    [40, () => ({kind: 'size', columns: 1 + upTo(pick([3, 45, 100, 300])), rows: 1 + upTo(pick([3, 12, 30, 100]))})],
    [1, () => sent('q')],
    [0.3, () => sent('\x03')],
    [0.5, () => sent('\x1a')],
  ];
  const all = kinds.reduce((sum, [weight]) => sum + weight, 0);
  return () => {
    let left = random() * all;
    for (const [weight, make] of kinds) {
      left -= weight;
      if (left < 0) return make();
    }
    return sent('j');
  };
}
