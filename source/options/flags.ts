export const COMMANDS = [
  'session',
  'export',
  'summary',
  'cache',
  'cache clear',
  'doctor',
  'demo-api',
  'completion',
] as const;
export type CommandName = (typeof COMMANDS)[number];

/** What each is for, in a few words. */
export const PURPOSES: Readonly<Record<CommandName, string>> = {
  session: 'the full-screen session',
  export: 'the same job without a screen',
  summary: 'sums by project, model, day ...',
  cache: 'what the cache holds',
  'cache clear': 'delete all usage days in it',
  doctor: 'what is ready here, and what to do',
  'demo-api': 'only the API of the demo organization',
  completion: 'the Tab key, for bash, zsh and fish',
};

/** What `completion` can be asked for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** Headings of the help text, in its order. */
export const GROUPS = [
  'What to sum up',
  'What to fetch',
  'What to write',
  'How to fetch',
  'Demo organization',
  'Cache',
  'Other',
] as const;
type Group = (typeof GROUPS)[number];

/** What a value looks like: `shape` stands for it in the help text, `example` is a right one. */
type Value = {readonly shape: string; readonly example: string};

/** One flag of the command line. Without a `value` it is a switch. */
export type Flag = {
  readonly name: FlagName;
  readonly help: string;
  readonly group: Group;
  readonly commands: readonly CommandName[];
  readonly value: Value | undefined;
  /** What the help of `summary` says instead, where the flag means something else there. */
  readonly inSummary: string | undefined;
};

const flagOf =
  (group: Group, ...commands: readonly CommandName[]) =>
  <const Name extends string>(name: Name, help: string, value?: Value, inSummary?: string) => ({
    name,
    help,
    group,
    commands,
    value,
    inSummary,
  });

const fetching = ['session', 'export', 'summary'] as const;
const whatToSumUp = flagOf('What to sum up', 'summary');
const whatToFetch = flagOf('What to fetch', ...fetching);
const whatToWrite = flagOf('What to write', 'export', 'summary');
const allToWrite = flagOf('What to write', 'export');
const howToFetch = flagOf('How to fetch', ...fetching);
const asking = flagOf('How to fetch', ...fetching, 'doctor');
const session = flagOf('How to fetch', 'session');
const demo = flagOf('Demo organization', ...fetching, 'doctor');
const demoApi = flagOf('Demo organization', 'demo-api');
const demoData = flagOf('Demo organization', ...fetching, 'demo-api');
const cache = flagOf('Cache', ...fetching, 'cache', 'cache clear', 'doctor');
const cacheClear = flagOf('Cache', 'cache clear');
const shown = flagOf('Other', ...COMMANDS.filter(name => name !== 'completion'));
const other = flagOf('Other', ...COMMANDS);

const table = [
  whatToSumUp(
    'by',
    'one dimension of those below, or two: groups of the second stand side by side (default: project)',
    {
      shape: 'LIST',
      example: 'model,project',
    },
  ),
  whatToSumUp('metric', 'one of those below (default: cost, else tokens, else the first there is)', {
    shape: 'NAME',
    example: 'cost',
  }),
  whatToSumUp('compare', 'with the period before: whole months with months, else as many complete days'),

  whatToFetch('start', 'first day, UTC, included: 2026-10-01, or 2026-10 for the first of the month', {
    shape: 'DATE',
    example: '2026-10-01',
  }),
  whatToFetch('end', 'last day, UTC, included: 2026-10-31, or 2026-10 for the last of the month (default: today)', {
    shape: 'DATE',
    example: '2026-10-31',
  }),
  whatToFetch('last', 'the last N days, today included (default: 7)', {shape: 'N', example: '30'}),
  whatToFetch(
    'range',
    'today, yesterday, last-7-days, last-30-days, last-90-days, this-month, last-month, this-year, last-12-months',
    {shape: 'NAME', example: 'last-month'},
  ),
  whatToFetch('endpoints', 'comma-separated, some of those below (default: all)', {
    shape: 'LIST',
    example: 'completions,costs',
  }),
  whatToFetch('project', 'only these project ids', {shape: 'LIST', example: 'proj_abc,proj_def'}),
  whatToFetch('api-key', 'only these key ids; never a key itself', {shape: 'LIST', example: 'key_abc,key_def'}),
  whatToFetch('user', 'only these user ids', {shape: 'LIST', example: 'user-abc,user-def'}),
  whatToFetch('model', 'only these models; endpoints without are left out', {
    shape: 'LIST',
    example: 'gpt-5.4,gpt-5.4-mini',
  }),
  whatToFetch('bucket-width', 'one row a day, hour or minute (default: 1d; costs are always daily)', {
    shape: '1d|1h|1m',
    example: '1h',
  }),

  whatToWrite(
    'output',
    'file to write, - is stdout (default: openai_usage_START_END.csv, here)',
    {shape: 'FILE', example: 'usage.csv'},
    'file to write (default: -, which is stdout)',
  ),
  whatToWrite(
    'format',
    'csv, json or ndjson (default: by the ending of FILE, else csv)',
    {shape: 'NAME', example: 'json'},
    'text, csv, json or ndjson (default: by the ending of FILE; on stdout text for a terminal, else csv)',
  ),
  whatToWrite('force', 'overwrite a file that exists'),
  whatToWrite('excel', 'CSV as Excel likes it: byte-order mark and CRLF'),
  allToWrite('all-columns', 'every known column, empty ones too: a header that never changes'),
  whatToWrite('no-formula-guard', 'keep text that a spreadsheet takes for a formula'),

  howToFetch('refresh', 'ask again for days and names that the cache holds'),
  asking('offline', 'send nothing, use what the cache holds'),
  howToFetch('concurrency', 'most requests at once, 1 to 256 (default: 64)', {shape: 'N', example: '32'}),
  asking('timeout', 'longest wait for an answer, 1 to 600 (default: 30)', {shape: 'SECONDS', example: '60'}),
  session('no-compare', 'fetch the period before only when x asks what changed'),
  asking('base-url', 'where the API is; http:// on loopback alone (default: https://api.openai.com/v1)', {
    shape: 'URL',
    example: 'https://api.openai.com/v1',
  }),

  demo('demo', 'the built-in demo organization; needs no key'),
  demoApi('port', 'port on 127.0.0.1, 0 to 65535 (default: 0, any that is free)', {shape: 'N', example: '8080'}),
  demoData('scale', 'N times its rows, 0.1 to 1000 (default: 1)', {shape: 'N', example: '10'}),
  demoData('fault', 'let its API fail on purpose: a comma-separated list of KIND[:SECONDS]@TARGET[/PAGE][#TIMES]', {
    shape: 'LIST',
    example: '429:1@completions#3,cut@costs/2',
  }),

  cache('cache-dir', 'the folder of the cache', {shape: 'DIR', example: '/var/tmp/openai-usage'}),
  cacheClear('names', 'with cache clear: forget remembered names too; those of deleted keys cannot be fetched again'),

  shown('no-color', 'no colour'),
  shown('ascii', 'draw with plain ASCII characters'),
  shown('debug', 'requests and cache statistics on stderr'),
  other('version', 'print the version'),
  other('help', 'print this help (also -h)'),
];

export type FlagName = (typeof table)[number]['name'];

/** Every flag. Parsing, mistakes and help read it here, so that they cannot disagree. */
export const FLAGS: readonly Flag[] = table;

/** `openai-usage export`: how the command is typed. */
export function commandLine(command: CommandName): string {
  return command === 'session' ? 'openai-usage' : `openai-usage ${command}`;
}

/** `--last 30`: the flag as it may be typed. */
export function exampleOf(flag: Flag): string {
  return flag.value === undefined ? `--${flag.name}` : `--${flag.name} ${flag.value.example}`;
}
