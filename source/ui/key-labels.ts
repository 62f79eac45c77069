import {type Bindable, type Binding, KEY_MAP, SCREENS, type Screen} from './keymap.ts';
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
  ['Key', ['key']],
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
];

/**
 * The help screen: each screen with the keys of its own, that of screen `from` first, then what works everywhere.
 */
export function helpFor(glyphs: Glyphs = unicodeGlyphs, from?: Screen): readonly HelpGroup[] {
  const entriesOf = (some: readonly Binding[]) =>
    some.map(({keys, help}) => ({keys: keys.map(key => nameOf(key, glyphs)).join(' '), help}));
  const isEverywhere = ({on}: Binding) => on.length === SCREENS.length;
  const isFrom = (group: readonly Screen[]) => Number(group.some(screen => screen === from));
  const groups = [...titles]
    .sort(([, one], [, other]) => isFrom(other) - isFrom(one))
    .map(([title, group]) => ({
      title,
      entries: entriesOf(KEY_MAP.filter(each => each.on.some(screen => group.includes(screen)) && !isEverywhere(each))),
    }));
  return [...groups, {title: 'Everywhere', entries: entriesOf(KEY_MAP.filter(isEverywhere))}].filter(
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
