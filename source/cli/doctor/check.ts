import {wrapText} from '../../ui/wrap.ts';
import {printable} from '../../view/printable.ts';

/**
 * One thing that was looked at. `note` is for what works and could be better, `fix` for what keeps a job from working,
 * or its figures from being right: only that makes the exit code 1.
 */
export type Check = {
  readonly name: string;
  readonly state: 'ok' | 'note' | 'fix';
  /** What is there, as a sentence or less; may hold names from outside. */
  readonly found: string;
  /** What to do; with `ok` there is nothing. */
  readonly advice?: string;
};

type Look = {
  /** Columns of the terminal; undefined where lines are read by a program, which wants them whole. */
  readonly width: number | undefined;
  readonly color: boolean;
  readonly ascii: boolean;
};

/** The width of the longest name. */
const nameWidth = 13;

/** SGR numbers. The word says it already. */
const colors = {ok: 32, note: 33, fix: 31} as const;

/** The check as one line, or as many as it takes in that width; what goes on is indented. */
export function checkLines({name, state, found, advice}: Check, {width, color, ascii}: Look): readonly string[] {
  const words = printable(advice === undefined ? found : `${found.replace(/\.$/, '')}. ${advice}`);
  const isNarrow = width !== undefined && width < 60;
  const text = `${isNarrow ? `${name}:` : name.padEnd(nameWidth)} ${ascii ? plain(words) : words}`;
  const first = `${state.padEnd(4)} `;
  const rest = ' '.repeat(isNarrow ? first.length : first.length + nameWidth + 1);
  const lines = width === undefined ? [first + text] : wrapText(text, Math.max(width, 2), {first, rest});
  const painted = (line: string) => `\u001b[${colors[state]}m${state}\u001b[39m${line.slice(state.length)}`;
  return lines.map((line, at) => (at === 0 && color && line.startsWith(state) ? painted(line) : line.trimEnd()));
}

/** What our sentences hold beside ASCII, and a name from outside may. */
function plain(text: string): string {
  const quotes = text.replaceAll(/[\u2018\u2019]/g, "'").replaceAll(/[\u201c\u201d]/g, '"');
  return quotes
    .replaceAll('\u2026', '...')
    .replaceAll('\u2192', '->')
    .replaceAll(/[^ -~]/gu, '?');
}

/** What is left to do, as the last line. */
export function conclusion(checks: readonly Check[]): string {
  const open = checks.filter(({state}) => state === 'fix').length;
  if (open === 0) return 'Everything that is needed is there.';
  return open === 1 ? 'One thing is to be done: see fix.' : `${open} things are to be done: see fix.`;
}
