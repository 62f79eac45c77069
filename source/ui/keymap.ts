import {spell} from './keys.ts';
import type {Characters, Key, KeyName, Letter} from './sequences.ts';

const SCREENS = [
  'key',
  'dates',
  'endpoints',
  'fetch',
  'fetched',
  'results',
  'summary',
  'chart',
  'details',
  'changes',
  'days',
  'hours',
  'columns',
  'choice',
  'field',
  'dateField',
  'exportField',
  'searchField',
  'confirm',
  'working',
  'ending',
  'help',
] as const;

/**
 * Where keys are pressed: a screen, a field that is being filled in, a question, or in place of one of these what it led
 * to: work that can be stopped (`working`), or that is over in a moment and cannot (`ending`).
 */
export type Screen = (typeof SCREENS)[number];

/** What the key map may bind. The characters left out are missing or awkward on many keyboards. */
export type Bindable = KeyName | Letter | Uppercase<Letter> | Characters<'0123456789,./?+-'>;

export type Binding = {
  readonly action: string;
  readonly on: readonly Screen[];
  readonly keys: readonly Bindable[];
  /** The sentence of the help screen. */
  readonly help: string;
  /** The word of the footer; without one the key stands only in the help. */
  readonly label?: string;
};

const menus = ['key', 'dates', 'endpoints'] as const;
const choosers = ['columns', 'choice'] as const;
const fetches = ['fetch', 'fetched'] as const;
const fields = ['field', 'dateField', 'exportField', 'searchField'] as const;
/** Where the rows, or what they add up to, stand in a table. */
const tables = ['results', 'summary'] as const;
/** What lies behind a table, and is left towards it. */
const changes = ['changes', 'days', 'hours'] as const;
const behind = ['chart', 'details', ...changes] as const;
const withoutHelp = ['dates', 'endpoints', ...tables, ...behind, ...choosers] as const;
const pages = [...withoutHelp, 'help'] as const;
const listed = ['key', ...pages] as const;

// The order of the lines is the order in footer and help: what matters most comes first and leaves the footer last.
const bindings = [
  {action: 'confirm', on: ['confirm'], keys: ['y'], help: 'Yes, do it', label: 'yes'},
  {action: 'decline', on: ['confirm'], keys: ['n', 'escape'], help: 'No, leave it', label: 'no'},
  {action: 'leave', on: ['working'], keys: ['escape'], help: 'Stop it', label: 'stop'},

  {action: 'accept', on: ['key', 'dates'], keys: ['enter'], help: 'Go on with this', label: 'next'},
  {action: 'accept', on: ['endpoints'], keys: ['enter'], help: 'Fetch the checked endpoints', label: 'fetch'},
  {action: 'accept', on: ['columns'], keys: ['enter'], help: 'Back to the table with these columns', label: 'done'},
  {action: 'accept', on: ['choice'], keys: ['enter'], help: 'Take this one', label: 'take'},
  {action: 'toggle', on: ['dates'], keys: ['space'], help: 'Choose this one', label: 'choose'},
  {action: 'toggle', on: ['endpoints'], keys: ['space'], help: 'Check or uncheck', label: 'check'},
  {action: 'toggle', on: ['columns'], keys: ['space'], help: 'Show or hide the column', label: 'show or hide'},
  {action: 'toggleAll', on: ['endpoints'], keys: ['a'], help: 'Check all or none', label: 'all or none'},
  {action: 'moveUp', on: ['columns'], keys: ['-'], help: 'Move the column to the left', label: 'move left'},
  {action: 'moveDown', on: ['columns'], keys: ['+'], help: 'Move the column to the right', label: 'right'},
  {action: 'left', on: ['columns'], keys: ['left', 'h'], help: 'Make the column narrower', label: 'narrower'},
  {action: 'right', on: ['columns'], keys: ['right', 'l'], help: 'Make the column wider', label: 'wider'},
  {action: 'freeze', on: ['columns'], keys: ['f'], help: 'Freeze the column at the left, or not', label: 'freeze'},
  {action: 'reset', on: ['columns'], keys: ['r'], help: 'All columns as they were at first'},
  {action: 'narrow', on: choosers, keys: ['/'], help: 'Only those with a text in them', label: 'narrow'},
  {action: 'nextField', on: ['dates'], keys: ['tab'], help: 'Next field', label: 'field'},
  {action: 'previousField', on: ['dates'], keys: ['shift-tab'], help: 'Previous field'},

  {action: 'showArrived', on: ['fetched'], keys: ['enter'], help: 'Show the rows that arrived', label: 'show rows'},
  {action: 'stop', on: ['fetch'], keys: ['escape'], help: 'Stop fetching; what arrived is kept', label: 'stop'},
  {action: 'retry', on: ['fetched'], keys: ['r'], help: 'Fetch again what failed', label: 'retry'},

  {action: 'open', on: ['results'], keys: ['enter'], help: 'The row in full: all fields, its key, project and user'},
  {action: 'open', on: ['summary'], keys: ['enter'], help: 'The rows of the group alone', label: 'its rows'},
  {action: 'open', on: ['changes'], keys: ['enter'], help: 'Its days', label: 'its days'},
  {action: 'open', on: ['days'], keys: ['enter'], help: 'Its hours', label: 'its hours'},
  {action: 'open', on: ['hours'], keys: ['enter'], help: 'Try again what failed'},
  {
    action: 'left',
    on: ['summary', 'changes'],
    keys: ['left', 'h'],
    help: 'By the dimension before: key, project, model ...',
  },
  {
    action: 'right',
    on: ['summary', 'changes'],
    keys: ['right', 'l'],
    help: 'By the next dimension',
    label: 'dimension',
  },
  {action: 'left', on: ['chart'], keys: ['left', 'h'], help: 'Stacked by the dimension before'},
  {action: 'right', on: ['chart'], keys: ['right', 'l'], help: 'Stacked by the next dimension', label: 'dimension'},
  {action: 'left', on: ['details'], keys: ['left', 'h'], help: 'The row before'},
  {action: 'right', on: ['details'], keys: ['right', 'l'], help: 'The next row', label: 'next row'},
  {action: 'metric', on: ['summary', 'chart', ...changes], keys: ['m'], help: 'Choose the metric', label: 'metric'},
  {action: 'pivot', on: ['summary'], keys: ['o'], help: 'A second dimension across, or none', label: 'pivot'},
  {
    action: 'search',
    on: ['results'],
    keys: ['/'],
    help: 'Search; paste a leaked secret to see whose key it is',
    label: 'search',
  },
  {action: 'search', on: ['summary'], keys: ['/'], help: 'Search the groups'},
  {action: 'searchNext', on: tables, keys: ['n'], help: 'Next match'},
  {action: 'searchPrevious', on: tables, keys: ['N'], help: 'Previous match'},
  {
    action: 'filter',
    on: ['results'],
    keys: ['f'],
    help: 'Filter: text; = ! this cell or a value; < > a number',
    label: 'filter',
  },
  {action: 'filter', on: ['summary'], keys: ['f'], help: 'Filter: text; = this group, ! not this group'},
  {action: 'undoFilter', on: tables, keys: ['backspace'], help: 'Undo the last filter'},
  {action: 'sort', on: ['results'], keys: ['s'], help: 'Sort by the column: once, reversed, back', label: 'sort'},
  {action: 'sort', on: ['summary'], keys: ['s'], help: 'Sort the groups: biggest, smallest, by name'},
  {action: 'summary', on: ['results'], keys: ['tab'], help: 'Summary: what the rows add up to', label: 'summary'},
  {action: 'table', on: ['summary'], keys: ['tab'], help: 'The table of rows', label: 'rows'},
  {action: 'columns', on: ['results'], keys: ['o'], help: 'Choose the columns'},
  {action: 'export', on: ['results'], keys: ['e'], help: 'Export what is shown to a file', label: 'export'},
  {action: 'changes', on: ['results'], keys: ['x'], help: 'What changed since the period before', label: 'changes'},
  {action: 'changes', on: ['summary'], keys: ['x'], help: 'What changed since the period before'},
  {action: 'chart', on: ['results'], keys: ['v'], help: 'Chart over the days or hours'},
  {action: 'chart', on: ['summary'], keys: ['v'], help: 'Chart over the days or hours', label: 'chart'},
  {action: 'export', on: ['summary'], keys: ['e'], help: 'Export the summary to a file', label: 'export'},
  {action: 'export', on: ['chart', 'details'], keys: ['e'], help: 'Export the rows to a file'},
  {action: 'copy', on: ['results'], keys: ['y'], help: 'Copy the cell'},
  {action: 'copy', on: ['details'], keys: ['y'], help: 'Copy the field', label: 'copy'},
  {action: 'copy', on: ['summary', 'chart', ...changes], keys: ['y'], help: 'Copy the figure'},
  {action: 'copyRow', on: [...tables, ...behind], keys: ['Y'], help: 'Copy the row, by tabs'},
  {action: 'clearCache', on: tables, keys: ['c'], help: 'Clear the cache'},
  {action: 'refetch', on: tables, keys: ['r'], help: 'Fetch the days that may still change'},
  {action: 'dates', on: ['fetched'], keys: ['d'], help: 'Choose other dates', label: 'dates'},
  {action: 'dates', on: tables, keys: ['d'], help: 'Choose other dates'},
  {action: 'errors', on: fetches, keys: ['t'], help: 'What went wrong, in detail', label: 'errors'},
  {
    action: 'errors',
    on: [...tables, ...changes],
    keys: ['t'],
    help: 'What is missing and what went wrong, in detail',
  },
  {action: 'previousDay', on: ['results'], keys: [','], help: 'Previous day'},
  {action: 'nextDay', on: ['results'], keys: ['.'], help: 'Next day'},

  {action: 'accept', on: fields, keys: ['enter'], help: 'Accept', label: 'accept'},
  {action: 'leave', on: fields, keys: ['escape'], help: 'Leave the field', label: 'leave'},
  {action: 'nextField', on: ['dateField'], keys: ['tab'], help: 'Next field', label: 'field'},
  {action: 'previousField', on: ['dateField'], keys: ['shift-tab'], help: 'Previous field'},
  {action: 'toggle', on: ['exportField'], keys: ['tab'], help: 'All rows, or those shown', label: 'all or shown'},
  {action: 'older', on: ['searchField'], keys: ['up'], help: 'What was typed before', label: 'history'},
  {action: 'newer', on: ['searchField'], keys: ['down'], help: 'What was typed after that'},
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
  {action: 'pageDown', on: ['help'], keys: ['pagedown'], help: 'Page down', label: 'page'},
  {action: 'pageDown', on: withoutHelp, keys: ['pagedown'], help: 'Page down'},
  {action: 'first', on: pages, keys: ['g', 'home'], help: 'To the top'},
  {action: 'last', on: pages, keys: ['G', 'end'], help: 'To the bottom'},
  {action: 'back', on: ['dates', 'endpoints', 'fetched'], keys: ['escape'], help: 'Back', label: 'back'},
  {
    action: 'back',
    on: tables,
    keys: ['escape'],
    help: 'Back: stops work, then filters and search off, then where you came from',
  },
  {action: 'back', on: ['chart', 'details'], keys: ['escape', 'q'], help: 'Back', label: 'back'},
  {action: 'back', on: [...changes, ...choosers], keys: ['escape'], help: 'Back', label: 'back'},
  {action: 'back', on: ['help'], keys: ['escape', 'q', '?'], help: 'Back', label: 'back'},
  {
    action: 'help',
    on: [...menus, ...fetches, ...tables, ...behind, ...choosers],
    keys: ['?'],
    help: 'This help',
    label: 'help',
  },
  {
    action: 'quit',
    on: [...menus, ...fetches, ...tables, ...changes, ...choosers],
    keys: ['q'],
    help: 'Quit',
    label: 'quit',
  },

  {action: 'quit', on: SCREENS, keys: ['ctrl-c'], help: 'Quit'},
  {action: 'suspend', on: SCREENS, keys: ['ctrl-z'], help: 'Suspend'},
  {action: 'redraw', on: SCREENS, keys: ['ctrl-l'], help: 'Draw the screen again'},
] as const satisfies readonly Binding[];

/** Everything a key can mean. */
export type Action = (typeof bindings)[number]['action'];

/** The key map: one line a key and a screen. Handling, footer and help read it here. */
export const KEY_MAP: readonly (Binding & {readonly action: Action})[] = bindings;

/** Every binding as one line of screen, key and action: what the tests hold against the design. */
export function boundKeys(): readonly {readonly screen: Screen; readonly key: Bindable; readonly action: Action}[] {
  return KEY_MAP.flatMap(({on, keys, action}) => on.flatMap(screen => keys.map(key => ({screen, key, action}))));
}

/** What a key means on a screen; undefined for pastes and for keys that mean nothing there. */
export function actionFor(screen: Screen, key: Key): Action | undefined {
  const spelled = spell(key);
  return KEY_MAP.find(({on, keys}) => on.includes(screen) && keys.some(bound => bound === spelled))?.action;
}
