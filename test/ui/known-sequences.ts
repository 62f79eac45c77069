import type {Key, KeyName} from '../../source/ui/sequences.ts';

const named = (name: KeyName, ...encodings: readonly string[]) =>
  encodings.map((sequence): KnownSequence => ({sequence, keys: [{name}]}));

export type KnownSequence = {readonly sequence: string; readonly keys: readonly Key[]};

/** What terminals in use send: xterm, VTE, kitty, iTerm, PuTTY, rxvt, tmux, the Linux console. */
export const knownKeys: readonly KnownSequence[] = [
  ...named('up', '\x1b[A', '\x1bOA', '\x1b[1;1A', '\x1b[1;65A'),
  ...named('down', '\x1b[B', '\x1bOB', '\x1b[1;1:1B', '\x1b[1;1:2B'),
  ...named('right', '\x1b[C', '\x1bOC'),
  ...named('left', '\x1b[D', '\x1bOD'),
  ...named('home', '\x1b[H', '\x1bOH', '\x1b[1~', '\x1b[7~'),
  ...named('end', '\x1b[F', '\x1bOF', '\x1b[4~', '\x1b[8~'),
  ...named('insert', '\x1b[2~'),
  ...named('delete', '\x1b[3~'),
  ...named('pageup', '\x1b[5~'),
  ...named('pagedown', '\x1b[6~'),
  ...named('ctrl-right', '\x1b[1;5C', '\x1bO5C', '\x1bO1;5C'),
  ...named('shift-up', '\x1b[1;2A'),
  ...named('ctrl-shift-end', '\x1b[1;6F'),
  ...named('ctrl-pageup', '\x1b[5;5~'),
  ...named('tab', '\t', '\x1b[9u'),
  ...named('shift-tab', '\x1b[Z', '\x1b[1;2Z', '\x1b[9;2u', '\x1b[27;2;9~'),
  ...named('enter', '\r', '\n', '\x1bOM', '\x1b[13u', '\x1b[57414u'),
  ...named('ctrl-enter', '\x1b[13;5u', '\x1b[27;5;13~'),
  ...named('escape', '\x1b[27u'),
  ...named('backspace', '\x7f', '\x08', '\x1b[127u'),
  ...named('ctrl-c', '\x03', '\x1b[99;5u', '\x1b[27;5;99~'),
  ...named('ctrl-a', '\x01'),
  ...named('ctrl-l', '\x0c'),
  ...named('ctrl-z', '\x1a'),
  ...named('ctrl-space', '\x00', '\x1b[32;5u'),
  ...['j', 'G', ' ', '?', ',', '0', 'é', 'ß', '€', '日', '한', '🙂', '\u0301'].map(
    (text): KnownSequence => ({sequence: text, keys: [{name: 'text', text}]}),
  ),
  {sequence: '\x1b[97;2u', keys: [{name: 'text', text: 'A'}]},
  {sequence: '\x1b[106u', keys: [{name: 'text', text: 'j'}]},
  ...['', 'sk-admin-1\n', '日本\r\n🙂', 'x\x1b[Ay', '\x1b[201', 'q'.repeat(40)].map(
    (text): KnownSequence => ({sequence: `\x1b[200~${text}\x1b[201~`, keys: [{name: 'paste', text}]}),
  ),
];

/** What arrives unasked, or is bound to nothing: it must leave no trace. */
export const ignoredSequences: readonly string[] = [
  '\x1b[I', // focus
  '\x1b[O',
  '\x1b[M !!', // mouse, X10
  '\x1b[<0;12;7M', // mouse, SGR
  '\x1b[<0;12;7m',
  '\x1b[32;12;7M', // mouse, urxvt
  '\x1b[12;7R', // cursor position
  '\x1b[?64;1;22c', // device attributes
  '\x1b[>0;276;0c',
  '\x1b[3n', // out of order, says no terminal of today
  '\x1b[?2026;2$y', // mode report
  '\x1b[?1u', // kitty's flags
  '\x1b[8;24;80t', // window size
  '\x1b]11;rgb:ffff/ffff/ffff\x07', // background colour
  '\x1b]11;rgb:0000/0000/0000\x1b\\',
  '\x1bP>|XTerm(390)\x1b\\', // version
  '\x1bP1+r544e=787465726d\x1b\\',
  '\x1b_Gi=31;OK\x1b\\',
  '\x1b^private\x1b\\',
  '\x1bOP', // function keys
  '\x1b[15~',
  '\x1b[[A',
  '\x1b[1;5P',
  '\x1b[5$', // rxvt with modifiers
  '\x1b[7^',
  '\x1b[a',
  '\x1bOa',
  '\x1b[E', // keypad 5
  '\x1b[201~', // the end of a paste that never began
  '\x1b[1;3A', // Alt and beyond
  '\x1b[1;9C',
  '\x1b[5;7~',
  '\x1b[106;3u',
  '\x1b[1;1:3A', // a key let go
  '\x1b[57358u', // Caps Lock
  '\x1b[99;;C',
  '\x1bj',
  '\x1bQ',
  '\x1b?',
  '\x1bé',
  '\x1b🙂',
  '\x1b\r',
  '\x1b\x7f',
  '\x1c',
  '\u0085',
  '\ufffd',
];
