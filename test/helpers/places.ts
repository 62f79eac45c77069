/** Whose figures a session shows, and how they come. */
export type Whose = 'nobody' | 'demo' | 'hanging' | 'refusing' | 'busy';

/** How to come to a screen: what to type, and what the screen shows before the next. */
export type Place = {
  readonly name: string;
  readonly of: Whose;
  readonly steps: readonly (readonly [keys: string, shows: RegExp])[];
  /** At last the terminal gets this size. */
  readonly size?: readonly [columns: number, rows: number];
};

const EXPORTED = 'rows.csv';

const dates = [['', /Dates \(UTC\)/]] as const;
const endpoints = [...dates, ['\r', /Endpoints/]] as const;
const fetch = (shows: RegExp) => [...endpoints, ['\r', shows]] as const;
const table = fetch(/row 1 of [\d,]+/);
const summary = [...table, ['\t', /group 1 of \d+/]] as const;
const changes = [...table, ['x', /What changed ·[\s\S]*group \d+ of \d+/]] as const;
const days = [...changes, ['\r', /day 1 of \d/]] as const;
const keyField = [
  ['', /Enter an admin key/],
  ['\r', /Key: /],
] as const;

/** Every screen, field, question and chooser there is, and what may be under way on them. */
export const places: readonly Place[] = [
  {name: 'Key', of: 'nobody', steps: keyField.slice(0, 1)},
  {name: 'Key, its field', of: 'nobody', steps: [...keyField, ['abcdefghij', /•{8}|\*{8}/]]},
  {name: 'Key, a check under way', of: 'nobody', steps: [...keyField, ['sk-admin-1234567890\r', /Checking the key/]]},
  {name: 'Dates', of: 'demo', steps: dates},
  {name: 'Dates, the start', of: 'demo', steps: [...dates, ['\t', /Esc leave/]]},
  {name: 'Dates, the end', of: 'demo', steps: [...dates, ['\t\t', /Esc leave/]]},
  {name: 'Dates, the width', of: 'demo', steps: [...dates, ['\t\t\t', /❯ One row a/]]},
  {name: 'Endpoints', of: 'demo', steps: endpoints},
  {name: 'Fetch', of: 'hanging', steps: fetch(/fetching \d+ days/)},
  {name: 'Fetch, stopped', of: 'hanging', steps: [...fetch(/fetching \d+ days/), ['\x1b', /· stopped/]]},
  {name: 'Fetch, with errors', of: 'refusing', steps: fetch(/incomplete/)},
  {name: 'Fetch, waiting', of: 'busy', steps: fetch(/ 429\b.*, \d+ s/)},
  {name: 'Errors in full', of: 'refusing', steps: [...fetch(/incomplete/), ['t', /Errors/]]},
  {name: 'Results', of: 'demo', steps: table},
  {name: 'Results in part', of: 'refusing', steps: [...fetch(/incomplete/), ['\r', /row 1 of [\d,]+/]]},
  {name: 'Search', of: 'demo', steps: [...table, ['/', /Search:/]]},
  {name: 'Filter', of: 'demo', steps: [...table, ['f', /Filter \(/]]},
  {name: 'Export path', of: 'demo', steps: [...table, ['e', /Export to:/]]},
  {
    name: 'Overwrite',
    of: 'demo',
    steps: [
      ...table,
      ['e', /Export to:/],
      [`${EXPORTED}\r`, /Wrote [\d,]+ rows/],
      ['e', /Export to:/],
      [`${EXPORTED}\r`, /Overwrite it\?/],
    ],
  },
  {name: 'Clear', of: 'demo', steps: [...table, ['c', /y or n/]]},
  {name: 'Refetch', of: 'demo', steps: [...table, ['r', /row 1 of/]]},
  {name: 'Details', of: 'demo', steps: [...table, ['\r', /field 1 of \d+/]]},
  {name: 'Summary', of: 'demo', steps: summary},
  {name: 'Summary, search', of: 'demo', steps: [...summary, ['/', /Search:/]]},
  {name: 'Metric', of: 'demo', steps: [...summary, ['m', /Metric[\s\S]*❯/]]},
  {name: 'Dimension across', of: 'demo', steps: [...summary, ['o', /and across/]]},
  {
    name: 'Pivot',
    of: 'demo',
    steps: [...summary, ['o', /and across/], ['j\r', /by project and key/]],
  },
  {name: 'Chart', of: 'demo', steps: [...table, ['v', /total .* highest/]]},
  {name: 'What changed', of: 'demo', steps: changes},
  {name: 'What changed, days', of: 'demo', steps: days},
  {name: 'What changed, hours', of: 'demo', steps: [...days, ['\r', /hour \d+ of 24/]]},
  {name: 'Columns', of: 'demo', steps: [...table, ['o', /Columns ·/]]},
  {name: 'Columns, narrowed', of: 'demo', steps: [...table, ['o', /Columns ·/], ['/', /Narrow to:/]]},
  {name: 'Help', of: 'demo', steps: [...table, ['?', /Help/]]},
  {name: 'Too small', of: 'demo', steps: table, size: [30, 8]},
];

type Seat = {
  type(keys: string): void;
  resize(columns: number, rows: number): void;
  shows(pattern: RegExp): Promise<unknown>;
};

/** Takes a session from its first screen to a place. */
export async function goTo({steps, size}: Place, seat: Seat): Promise<void> {
  for (const [keys, shows] of steps) {
    if (keys !== '') seat.type(keys);
    await seat.shows(shows);
  }
  if (!size) return;
  seat.resize(...size);
  await seat.shows(/40.10/);
}
