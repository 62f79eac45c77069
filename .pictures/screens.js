/**
 * The moment at which all pictures are taken, so that each of them is the same whenever it is made.
 */
export const MOMENT = Date.UTC(2026, 10, 5, 9, 41);

/**
 * A picture: the keys that are pressed after the one before it was taken, and what the screen shows then.
 *
 * @typedef {object} Picture
 * @property {string} name of the file
 * @property {string} title
 * @property {string} description for those who do not see it
 * @property {ReadonlyArray<readonly [keys: string, shows: RegExp]>} steps
 */

export const SIZE = {columns: 110, rows: 28};

const ENTER = '\r';
const ESCAPE = '\u001b';
const RIGHT = '\u001b[C';

/**
 * Sessions, each with its arguments and its pictures.
 *
 * @type {ReadonlyArray<{argv: readonly string[], pictures: readonly Picture[]}>}
 */
export const SESSIONS = [
  {
    argv: ['--demo'],
    pictures: [
      {
        name: 'dates',
        title: 'Which days',
        description: 'The first screen: a list of ranges with their dates; Last month is chosen.',
        steps: [
          ['', /Last 12 months/],
          ['jjjj', /❯ Last month/],
        ],
      },
      {
        name: 'results',
        title: 'All rows',
        description:
          'A table of usage and costs, a row for each day, endpoint, key, project and model; below it the sum of a column.',
        steps: [
          [ENTER, /web_search_calls/],
          [ENTER, /^ Cost [+-]\d.*[\s\S]* row 1 of [\d,]+/m],
          [RIGHT + RIGHT, /· sum 1,[\d,]+ .*distinct [\d,]+/],
        ],
      },
      {
        name: 'summary',
        title: 'Who spent how much',
        description: 'Cost by project: the amount, its share with a bar, and a small chart of the days of the month.',
        steps: [['\t', /total +\d+ groups/]],
      },
      {
        name: 'chart',
        title: 'When it was spent',
        description: 'Cost per day in stacked columns, with a colour for each of the largest projects.',
        steps: [['v', /· highest /]],
      },
      {
        name: 'changes',
        title: 'What changed',
        description: 'Projects by how much their cost rose or fell against the month before.',
        steps: [
          [ESCAPE, /total +\d+ groups/],
          ['x', /change/],
        ],
      },
    ],
  },
  {
    argv: ['--demo', '--fault', '403@images'],
    pictures: [
      {
        name: 'fetch',
        title: 'Fetching',
        description:
          'A line for each endpoint with its progress; one was refused and says why, and the rows of all others are there.',
        steps: [
          ['', /Last 12 months/],
          [ENTER, /web_search_calls/],
          [ENTER, /Enter shows what arrived/],
        ],
      },
    ],
  },
];
