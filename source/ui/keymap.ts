import {spell} from './keys.ts';
import type {Characters, Key, KeyName, Letter} from './sequences.ts';
import {type Glyphs, unicodeGlyphs} from './theme.ts';

const screens = [
  'key',
  'dates',
  'endpoints',
  'fetch',
  'fetched',
  'results',
  'summary',
  'chart',
  'details',
  'field',
  'dateField',
  'confirm',
  'help',
] as const;

/** Where keys are pressed: a screen, a field that is being filled in, or a question. */
export type Screen = (typeof screens)[number];

/** What the key map may bind. The characters left out are missing or awkward on many keyboards. */
type Bindable = KeyName | Letter | Uppercase<Letter> | Characters<'0123456789,./?'>;

type Binding = {
  readonly action: string;
  readonly on: readonly Screen[];
  readonly keys: readonly Bindable[];
  /** The sentence of the help screen. */
  readonly help: string;
  /** The word of the footer; without one the key stands only in the help. */
  readonly label?: string;
};

const menus = ['key', 'dates', 'endpoints'] as const;
const pages = ['dates', 'endpoints', 'results', 'help'] as const;
const choosers = ['dates', 'endpoints'] as const;
const fetches = ['fetch', 'fetched'] as const;
const fields = ['field', 'dateField'] as const;
const listed = [...menus, 'results', 'help'] as const;

// The order of the lines is the order in footer and help: what matters most comes first and leaves the footer last.
const bindings = [
  {action: 'confirm', on: ['confirm'], keys: ['y'], help: 'Yes, do it', label: 'yes'},
  {action: 'decline', on: ['confirm'], keys: ['n', 'escape'], help: 'No, leave it', label: 'no'},

  {action: 'accept', on: ['key', 'dates'], keys: ['enter'], help: 'Go on with this', label: 'next'},
  {action: 'accept', on: ['endpoints'], keys: ['enter'], help: 'Fetch the checked endpoints', label: 'fetch'},
  {action: 'toggle', on: ['dates'], keys: ['space'], help: 'Choose this one', label: 'choose'},
  {action: 'toggle', on: ['endpoints'], keys: ['space'], help: 'Check or uncheck', label: 'check'},
  {action: 'toggleAll', on: ['endpoints'], keys: ['a'], help: 'Check all or none', label: 'all or none'},
  {action: 'nextField', on: ['dates'], keys: ['tab'], help: 'Next field', label: 'field'},
  {action: 'previousField', on: ['dates'], keys: ['shift-tab'], help: 'Previous field'},

  {action: 'showArrived', on: ['fetched'], keys: ['enter'], help: 'Show the rows that arrived', label: 'show rows'},
  {action: 'stop', on: ['fetch'], keys: ['escape'], help: 'Stop fetching; what arrived is kept', label: 'stop'},
  {action: 'retry', on: ['fetched'], keys: ['r'], help: 'Fetch again what failed', label: 'retry'},

  {action: 'export', on: ['results'], keys: ['e'], help: 'Export the rows to a file', label: 'export'},
  {action: 'clearCache', on: ['results'], keys: ['c'], help: 'Clear the cache', label: 'clear cache'},
  {action: 'refetch', on: ['results'], keys: ['r'], help: 'Fetch the days that may still change', label: 'refetch'},
  {action: 'dates', on: ['fetched', 'results'], keys: ['d'], help: 'Choose other dates', label: 'dates'},
  {action: 'errors', on: [...fetches, 'results'], keys: ['t'], help: 'What went wrong, in detail', label: 'errors'},
  {action: 'previousDay', on: ['results'], keys: [','], help: 'Previous day'},
  {action: 'nextDay', on: ['results'], keys: ['.'], help: 'Next day'},

  {action: 'accept', on: fields, keys: ['enter'], help: 'Accept', label: 'accept'},
  {action: 'leave', on: fields, keys: ['escape'], help: 'Leave the field', label: 'leave'},
  {action: 'nextField', on: ['dateField'], keys: ['tab'], help: 'Next field', label: 'field'},
  {action: 'previousField', on: ['dateField'], keys: ['shift-tab'], help: 'Previous field'},
  {action: 'edit', on: fields, keys: ['left', 'right'], help: 'Move the cursor'},
  {action: 'edit', on: fields, keys: ['home', 'ctrl-a'], help: 'To the beginning'},
  {action: 'edit', on: fields, keys: ['end', 'ctrl-e'], help: 'To the end'},
  {action: 'edit', on: fields, keys: ['backspace', 'delete'], help: 'Delete a character'},
  {action: 'edit', on: fields, keys: ['ctrl-w'], help: 'Delete the word before the cursor'},
  {action: 'edit', on: fields, keys: ['ctrl-u'], help: 'Delete everything before the cursor'},
  {action: 'edit', on: fields, keys: ['ctrl-k'], help: 'Delete everything after the cursor'},

  {action: 'up', on: listed, keys: ['up', 'k'], help: 'Up'},
  {action: 'down', on: listed, keys: ['down', 'j'], help: 'Down'},
  {action: 'left', on: ['results'], keys: ['left', 'h'], help: 'Column to the left'},
  {action: 'right', on: ['results'], keys: ['right', 'l'], help: 'Column to the right'},
  {action: 'pageUp', on: pages, keys: ['pageup'], help: 'Page up'},
  {action: 'pageDown', on: pages, keys: ['pagedown'], help: 'Page down'},
  {action: 'first', on: pages, keys: ['g', 'home'], help: 'To the top'},
  {action: 'last', on: pages, keys: ['G', 'end'], help: 'To the bottom'},
  {action: 'back', on: [...choosers, 'fetched', 'results'], keys: ['escape'], help: 'Back', label: 'back'},
  {action: 'back', on: ['help'], keys: ['escape', 'q', '?'], help: 'Back', label: 'back'},
  {action: 'help', on: [...menus, ...fetches, 'results'], keys: ['?'], help: 'This help', label: 'help'},
  {action: 'quit', on: [...menus, ...fetches, 'results'], keys: ['q'], help: 'Quit', label: 'quit'},

  {action: 'quit', on: screens, keys: ['ctrl-c'], help: 'Quit'},
  {action: 'suspend', on: screens, keys: ['ctrl-z'], help: 'Suspend'},
  {action: 'redraw', on: screens, keys: ['ctrl-l'], help: 'Draw the screen again'},
] as const satisfies readonly Binding[];

/** Everything a key can mean. */
export type Action = (typeof bindings)[number]['action'];

const table: readonly (Binding & {readonly action: Action})[] = bindings;

/** Every binding as one line of screen, key and action: what the tests hold against the design. */
export function boundKeys(): readonly {readonly screen: Screen; readonly key: Bindable; readonly action: Action}[] {
  return table.flatMap(({on, keys, action}) => on.flatMap(screen => keys.map(key => ({screen, key, action}))));
}

/** What a key means on a screen; undefined for pastes and for keys that mean nothing there. */
export function actionFor(screen: Screen, key: Key): Action | undefined {
  const spelled = spell(key);
  return table.find(({on, keys}) => on.includes(screen) && keys.some(bound => bound === spelled))?.action;
}

/**
 * The keys that matter on a screen as one line, like `e export  d dates  ? help  q quit`, never wider than `width`
 * cells: the last ones leave first, help and quit stay longest.
 */
export function footerFor(screen: Screen, width: number, glyphs: Glyphs = unicodeGlyphs): string {
  const shown = table.filter(({on, label}) => label !== undefined && on.includes(screen));
  const lastToLeave = shown.filter(({action}) => action === 'quit' || action === 'help').reverse();
  const toLeave = shown.filter(binding => !lastToLeave.includes(binding));
  const byWorth = [...lastToLeave, ...toLeave].slice(0, 7);
  for (let count = byWorth.length; count > 0; count--) {
    const kept = new Set(byWorth.slice(0, count));
    const line = shown
      .filter(binding => kept.has(binding))
      .map(({keys, label}) => `${nameOf(keys[0], glyphs)} ${label}`)
      .join('  ');
    if (line.length <= width) return line;
  }
  return '';
}

type HelpGroup = {
  readonly title: string;
  readonly entries: readonly {readonly keys: string; readonly help: string}[];
};

const titles: readonly (readonly [string, readonly Screen[]])[] = [
  ['Key', ['key']],
  ['Dates', ['dates']],
  ['Endpoints', ['endpoints']],
  ['Fetch', fetches],
  ['Results', ['results']],
  ['Summary', ['summary']],
  ['Chart', ['chart']],
  ['Details', ['details']],
  ['Fields', fields],
  ['Questions', ['confirm']],
];

/**
 * The help screen: each screen with the keys of its own, that of screen `from` first, then what works everywhere.
 */
export function helpFor(glyphs: Glyphs = unicodeGlyphs, from?: Screen): readonly HelpGroup[] {
  const entriesOf = (some: readonly Binding[]) =>
    some.map(({keys, help}) => ({keys: keys.map(key => nameOf(key, glyphs)).join(' '), help}));
  const isEverywhere = ({on}: Binding) => on.length === screens.length;
  const isFrom = (group: readonly Screen[]) => Number(group.some(screen => screen === from));
  const groups = [...titles]
    .sort(([, one], [, other]) => isFrom(other) - isFrom(one))
    .map(([title, group]) => ({
      title,
      entries: entriesOf(table.filter(each => each.on.some(screen => group.includes(screen)) && !isEverywhere(each))),
    }));
  return [...groups, {title: 'Everywhere', entries: entriesOf(table.filter(isEverywhere))}].filter(
    ({entries}) => entries.length > 0,
  );
}

const shownNames: ReadonlyMap<string, string> = new Map([
  ['pageup', 'PgUp'],
  ['pagedown', 'PgDn'],
  ['escape', 'Esc'],
]);

function nameOf(key: Bindable | undefined, glyphs: Glyphs): string {
  if (key === undefined) return '';
  if (key === 'up' || key === 'down' || key === 'left' || key === 'right') return glyphs[key];
  if (key.length === 1) return key;
  return key
    .split('-')
    .map(part => shownNames.get(part) ?? `${part.charAt(0).toUpperCase()}${part.slice(1)}`)
    .join('+');
}
