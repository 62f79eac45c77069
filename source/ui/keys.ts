import {type Key, readCharacter, readSequence} from './sequences.ts';

/** What has been read but has no meaning yet: the beginning of a sequence, and the paste that is being taken in. */
export type Unread = {readonly begun: string; readonly paste?: string};

export const nothingUnread: Unread = {begun: ''};

const pasteEnd = '\x1b[201~';

/** What a terminal says on being asked whether it is there (DSR 5); it may come in the middle of a paste. */
const answer = '\x1b[0n';

// A field holds a path, a key, a date. What goes beyond is dropped, so that a paste by mistake costs no memory.
const longestPaste = 65_536;

/** A key held down through half a minute in which the line stood still is 900 characters: what is longer, nobody typed. */
const longestTyped = 2000;

/**
 * Turns what the terminal sent into single named keys, whatever way the network cut it: the same keys come out for the
 * same characters, however they are divided into chunks (long unbracketed pastes aside, see `isPasted`).
 * Pure: what is left over goes into the next call, or into `giveUp` when nothing comes for `patience` milliseconds.
 */
export function decode(unread: Unread, chunk: string): {readonly keys: readonly Key[]; readonly unread: Unread} {
  const keys: Key[] = [];
  let text = unread.begun + chunk;
  let paste = unread.paste;
  while (text !== '') {
    if (paste !== undefined) {
      // Ctrl+C is in no paste (terminals filter it), but must work while one hangs.
      const end = text.search(/\x1b\[(?:201~|0n)|\x03/);
      const taken = end === -1 ? text.length - Math.max(beginningOf(pasteEnd, text), beginningOf(answer, text)) : end;
      paste = (paste + text.slice(0, taken)).slice(0, longestPaste);
      text = text.slice(taken);
      if (end === -1) return {keys, unread: {begun: text, paste}};
      if (text.startsWith(answer)) {
        keys.push({name: 'answer'});
        text = text.slice(answer.length);
        continue;
      }
      keys.push({name: 'paste', text: paste});
      paste = undefined;
      if (text.startsWith(pasteEnd)) text = text.slice(pasteEnd.length);
    } else if (text.startsWith('\x1b')) {
      const reading = readSequence(text);
      if (!reading) return {keys, unread: {begun: text}};
      if (reading.key) keys.push(reading.key);
      if (reading.startsPaste) paste = '';
      text = text.slice(reading.length);
    } else {
      const [run = ''] = /^[^\x1b]+/.exec(text) ?? [];
      // One by one: a hundred thousand arguments are more than a call takes.
      for (const key of readRun(run)) keys.push(key);
      text = text.slice(run.length);
    }
  }
  return {keys, unread: paste === undefined ? nothingUnread : {begun: '', paste}};
}

/** What the leftovers mean once their time is up: a lone ESC is the Escape key, a paste ends, a torso is dropped. */
export function giveUp(unread: Unread): readonly Key[] {
  if (unread.paste !== undefined) return [{name: 'paste', text: unread.paste}];
  return unread.begun === '\x1b' ? [{name: 'escape'}] : [];
}

/**
 * Milliseconds to wait for the rest, undefined when there is nothing to wait for. Only a lone ESC is in doubt, and a
 * person waits for it; a sequence that has gone further is nothing anyone types.
 */
export function patience(unread: Unread, escapeDelay: number): number | undefined {
  if (unread.paste !== undefined) return 2000;
  if (unread.begun === '') return undefined;
  return unread.begun === '\x1b' ? escapeDelay : Math.max(1000, escapeDelay);
}

/** How long a lone ESC waits for the rest of an arrow: over SSH the two may come in different packets. */
export function escapeDelay(environment: Readonly<Record<string, string | undefined>>): number {
  return environment['SSH_CONNECTION'] || environment['SSH_TTY'] ? 150 : 20;
}

/** A key as the key map writes it: its name, or the character it types; undefined for a paste. */
export function spell(key: Key): string | undefined {
  if (key.name === 'paste') return undefined;
  if (key.name === 'text') return key.text === ' ' ? 'space' : key.text;
  return key.name;
}

function readRun(run: string): readonly Key[] {
  if (isPasted(run)) {
    // The key that opens the search and the secret pasted into it, which came together over a slow line.
    const opening = /^\/(?=\S*sk-)/.test(run) ? '/' : '';
    const paste: Key = {name: 'paste', text: run.slice(opening.length, longestPaste)};
    return opening === '' ? [paste] : [{name: 'text', text: opening}, paste];
  }
  return [...run].flatMap(character => readCharacter(character) ?? []);
}

/**
 * Whether one chunk of plain text can only be a paste in a terminal without bracketed paste: no one types so much at
 * once, a held-down key repeats itself, and Enter typed ahead has little around it. Its letters must not act as keys.
 */
function isPasted(run: string): boolean {
  if (run.length > longestTyped) return true;
  if (run.length < 12 || /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(run)) return false;
  const isLong = run.length >= 32 || /[^\r\n][\r\n]+[^\r\n]/.test(run);
  return isLong && new Set(run).size > 6;
}

/** How many characters at the end of `text` may be the beginning of `marker`. */
function beginningOf(marker: string, text: string): number {
  for (let length = Math.min(marker.length - 1, text.length); length > 0; length--) {
    if (text.endsWith(marker.slice(0, length))) return length;
  }
  return 0;
}
