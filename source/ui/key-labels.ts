import {type Action, type Bindable, type Binding, KEY_MAP, type Screen} from './keymap.ts';
import {type Glyphs, unicodeGlyphs} from './theme.ts';

const fields: readonly Screen[] = ['field', 'dateField', 'exportField', 'searchField'];
const fetches: readonly Screen[] = ['fetch', 'fetched'];

/**
 * The keys that matter on a screen as one line, like `e export  d dates  ? help  q quit`, never wider than `width`
 * cells: the last ones leave first, help and quit stay longest.
 */
export function footerFor(screen: Screen, width: number, glyphs: Glyphs = unicodeGlyphs): string {
  const shown = KEY_MAP.filter(({on, label}) => label !== undefined && on.includes(screen));
  const lastToLeave = shown.filter(({action}) => action === 'quit' || action === 'help').reverse();
  const toLeave = shown.filter(binding => !lastToLeave.includes(binding));
  const byWorth = [...lastToLeave, ...toLeave].slice(0, 8);
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
  ['Admin key', ['key']],
  ['Dates', ['dates']],
  ['Endpoints', ['endpoints']],
  ['Fetch', fetches],
  ['Results', ['results']],
  ['Summary', ['summary']],
  ['Chart', ['chart']],
  ['Details', ['details']],
  ['What changed', ['changes']],
  ['Days of what changed', ['days']],
  ['Hours of what changed', ['hours']],
  ['Columns', ['columns']],
  ['Choices', ['choice']],
  ['Fields', fields],
  ['Questions', ['confirm']],
  ['Checking a key, writing a file', ['working']],
  ['Help', ['help']],
];

/** What the keys of a long screen are for; those that are for none of it stand under the screen's own title. */
const purposes: readonly (readonly [string, readonly Action[]])[] = [
  ['find', ['search', 'searchNext', 'searchPrevious', 'filter', 'undoFilter', 'sort']],
  [
    'look',
    [
      'open',
      'summary',
      'table',
      'chart',
      'changes',
      'columns',
      'pivot',
      'metric',
      'left',
      'right',
      'previousDay',
      'nextDay',
    ],
  ],
  ['take away', ['export', 'copy', 'copyRow']],
  ['data', ['refetch', 'dates', 'errors', 'clearCache']],
];

const LONG = 12;

const moving: readonly Action[] = ['up', 'down', 'pageUp', 'pageDown', 'first', 'last'];
const everywhere: readonly Action[] = ['help', 'quit', 'suspend', 'redraw'];

/**
 * The help screen: the keys of the screen `from`, those that move and those that work everywhere, then the other
 * screens. Every key of the key map is there, and what means the same on many screens once.
 */
export function helpFor(glyphs: Glyphs = unicodeGlyphs, from?: Screen): readonly HelpGroup[] {
  const groupsOf = ([title, screens]: (typeof titles)[number]) =>
    divided(
      title,
      KEY_MAP.filter(binding => binding.on.some(screen => screens.includes(screen)) && !isCommon(binding)),
    );
  const common: readonly Group[] = [
    ['Moving', KEY_MAP.filter(({action}) => moving.includes(action))],
    ['Everywhere', KEY_MAP.filter(binding => isCommon(binding) && !moving.includes(binding.action))],
  ];
  const own = titles.filter(([, screens]) => screens.some(screen => screen === from));
  const others = titles.filter(title => !own.includes(title));
  return [...own.flatMap(groupsOf), ...common, ...others.flatMap(groupsOf)]
    .map(([title, bindings]) => ({title, entries: entriesOf(bindings, glyphs)}))
    .filter(({entries}) => entries.length > 0);
}

type Group = readonly [title: string, bindings: typeof KEY_MAP];

function isCommon({action, help, keys}: (typeof KEY_MAP)[number]): boolean {
  // Elsewhere, q and ? leave a screen as well.
  const isEscape = action === 'back' && help === 'Back' && keys.length === 1;
  return moving.includes(action) || everywhere.includes(action) || isEscape;
}

function divided(title: string, bindings: typeof KEY_MAP): readonly Group[] {
  if (bindings.length < LONG) return [[title, bindings]];
  const rest = bindings.filter(({action}) => !purposes.some(([, actions]) => actions.includes(action)));
  return [
    ...purposes.map(
      ([purpose, actions]): Group => [`${title}: ${purpose}`, bindings.filter(({action}) => actions.includes(action))],
    ),
    [title, rest],
  ];
}

/** One line for each thing that keys do: those that do the same stand together. */
function entriesOf(bindings: readonly Binding[], glyphs: Glyphs): HelpGroup['entries'] {
  const keysOf = new Map<string, Set<string>>();
  for (const {help, keys} of bindings) {
    const names = keysOf.get(help) ?? new Set();
    for (const key of keys) names.add(nameOf(key, glyphs));
    keysOf.set(help, names);
  }
  return [...keysOf].map(([help, names]) => ({keys: [...names].join(' '), help}));
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
