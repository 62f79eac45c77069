import {BUCKET_WIDTHS, type BucketWidth, ENDPOINTS, type EndpointName} from './api/endpoints.ts';
import {type AccountOptions, type DemoOptions, readAccount, readDemo} from './options/account.ts';
import {missingKey} from './options/admin-key.ts';
import {type Arguments, exampleFor, readArguments} from './options/arguments.ts';
import {type DoctorQuestion, readDoctor} from './options/doctor.ts';
import {type DisplayOptions, type Environment, readDisplay} from './options/environment.ts';
import {type CommandName, SHELLS, type Shell} from './options/flags.ts';
import {holdsKey, nearest, quoted, UsageMistake} from './options/mistake.ts';
import {type OutputOptions, readOutput, STDOUT_OUTPUT} from './options/output.ts';
import {type RangeOptions, readRange} from './options/range.ts';
import {readSummary, type SummaryQuestion} from './options/summary.ts';
import type {Day} from './usage/days.ts';
import {type ManyRequests, manyRequests} from './usage/plan.ts';
import type {Filters} from './usage/query.ts';
import {formatNumber} from './view/format.ts';
import {listed} from './view/listed.ts';

export type {AccountOptions, DemoOptions} from './options/account.ts';
export {missingKey, readAdminKey} from './options/admin-key.ts';
export type {DisplayOptions, Environment} from './options/environment.ts';
export {cacheFolder} from './options/environment.ts';
export {UsageMistake} from './options/mistake.ts';
export {defaultOutput, type OutputOptions} from './options/output.ts';

/** What to fetch, from whom and how: the session and the jobs without a screen alike. */
export type FetchOptions = RangeOptions & {
  /** In the catalogue's order. */
  readonly endpoints: readonly EndpointName[];
  readonly filters: Filters;
  readonly width: BucketWidth;
  readonly refresh: boolean;
  readonly offline: boolean;
  /** Most requests at once. */
  readonly concurrency: number;
  /** Seconds. */
  readonly timeout: number;
  readonly account: AccountOptions;
  /** The flag alone; `cacheFolder` knows the rest. */
  readonly cacheDir: string | undefined;
};

export type SessionOptions = {
  readonly command: 'session';
  /** Whether the period before is fetched as well. */
  readonly isComparing: boolean;
} & FetchOptions &
  DisplayOptions;
export type ExportOptions = {readonly command: 'export'} & FetchOptions & OutputOptions & DisplayOptions;
export type SummaryOptions = {readonly command: 'summary'} & FetchOptions & SummaryQuestion & DisplayOptions;
export type CacheOptions = {readonly command: 'cache'; readonly cacheDir: string | undefined} & DisplayOptions;
export type CacheClearOptions = {
  readonly command: 'cache clear';
  readonly cacheDir: string | undefined;
  /** Forget remembered names as well. */
  readonly names: boolean;
} & DisplayOptions;
/** `port` 0 is any that is free. */
export type DemoApiOptions = {readonly command: 'demo-api'; readonly port: number} & DemoOptions & DisplayOptions;

/** What is wrong with the settings is not thrown: it is what the doctor is asked about. */
export type DoctorOptions = {readonly command: 'doctor'} & DoctorQuestion & DisplayOptions;

export type Options =
  | SessionOptions
  | ExportOptions
  | SummaryOptions
  | CacheOptions
  | CacheClearOptions
  | DoctorOptions
  | DemoApiOptions
  | {readonly command: 'completion'; readonly shell: Shell}
  | {readonly command: 'help'; readonly topic: CommandName}
  | {readonly command: 'version'};

/**
 * What the command line and the environment ask for. `argv` is without the program's name, `today` the UTC day.
 * Throws a UsageMistake, which never repeats a key, for anything that cannot be meant; an export without a key
 * is one such thing, a session is not: it asks for the key.
 */
export function parseOptions(argv: readonly string[], environment: Environment, today: Day): Options {
  const given = readArguments(argv);
  const {command} = given;
  if (given.isGiven('help')) return {command: 'help', topic: command};
  if (given.isGiven('version')) return {command: 'version'};

  const display = readDisplay(given, environment);
  const cacheDir = given.text('cache-dir');
  switch (command) {
    case 'session':
      return {
        command,
        isComparing: !given.isGiven('no-compare'),
        ...readFetch(given, environment, today),
        ...display,
      };
    case 'export':
      return withKey({command, ...readFetch(given, environment, today), ...readOutput(given), ...display}, environment);
    case 'summary':
      return withKey(
        {command, ...readFetch(given, environment, today), ...readSummary(given), ...display},
        environment,
      );
    case 'cache':
      return {command, cacheDir, ...display};
    case 'cache clear':
      return {command, cacheDir, names: given.isGiven('names'), ...display};
    case 'doctor':
      return {command, ...readDoctor(given, environment), ...display};
    case 'demo-api':
      return {command, port: given.whole('port', 0, 65_535) ?? 0, ...readDemo(given), ...display};
    case 'completion':
      return {command, shell: readShell(given.word)};
  }
}

/** The session's job without a screen: CSV on stdout. Throws a UsageMistake without a key. */
export function asExport({isComparing: _, ...session}: SessionOptions, environment: Environment): ExportOptions {
  return withKey({...session, ...STDOUT_OUTPUT, command: 'export'}, environment);
}

function withKey<Kind extends FetchOptions>(options: Kind, environment: Environment): Kind {
  const {account} = options;
  if (account.kind === 'organization' && account.adminKey === undefined) throw missingKey(environment);
  return options;
}

function readFetch(given: Arguments, environment: Environment, today: Day): FetchOptions {
  if (given.isGiven('refresh') && given.isGiven('offline')) {
    throw new UsageMistake(
      '--refresh and --offline exclude each other; write --offline alone to use what the cache holds.',
    );
  }
  const range = readRange(given, today);
  const endpoints = readEndpoints(given);
  const width = readWidth(given.text('bucket-width'));
  return {
    ...range,
    notices: [...range.notices, ...announced(manyRequests(range.range, endpoints, width))],
    endpoints,
    filters: readFilters(given),
    width,
    refresh: given.isGiven('refresh'),
    offline: given.isGiven('offline'),
    concurrency: given.whole('concurrency', 1, 256) ?? 64,
    timeout: given.whole('timeout', 1, 600) ?? 30,
    account: readAccount(given, environment),
    cacheDir: given.text('cache-dir'),
  };
}

function announced(many: ManyRequests | undefined): readonly string[] {
  if (many === undefined) return [];
  const {count, wider, widerCount} = many;
  const hint = `--bucket-width ${wider} takes ${formatNumber(widerCount)}`;
  return [
    `This may take ${formatNumber(count)} requests and millions of rows; ${hint}, fewer days or --endpoints less.`,
  ];
}

function readEndpoints(given: Arguments): readonly EndpointName[] {
  const all = ENDPOINTS.map(({name}) => name);
  const asked = given.list('endpoints');
  for (const word of asked) {
    if (all.some(name => name === word)) continue;
    const meant = nearest(word, all);
    throw new UsageMistake(
      `--endpoints ${quoted(word)} is unknown: ` +
        (meant === undefined ? `there are ${all.join(', ')}.` : `did you mean --endpoints ${meant}?`),
    );
  }
  return given.isGiven('endpoints') ? all.filter(name => asked.includes(name)) : all;
}

function readFilters(given: Arguments): Filters {
  const apiKeys = given.list('api-key');
  // Somebody takes it for the place of the admin key, which would then stand in every request's address.
  if (apiKeys.some(id => id.startsWith('sk-') || holdsKey(id))) {
    throw new UsageMistake(
      `--api-key takes ids of keys, for example ${exampleFor('api-key')}; a key itself is read from OPENAI_ADMIN_KEY alone.`,
    );
  }
  return {projects: given.list('project'), apiKeys, users: given.list('user'), models: given.list('model')};
}

function readWidth(text = '1d'): BucketWidth {
  const typed = text.trim().toLowerCase();
  const width = BUCKET_WIDTHS.find(name => name === typed);
  if (width !== undefined) return width;
  // 1day, daily, hours, 60min: the unit says which one. A month is none.
  const unit = /^\d*[\s-]*([dhm])(?!o)/.exec(typed)?.[1];
  const meant = BUCKET_WIDTHS.find(name => unit !== undefined && name.endsWith(unit)) ?? '1h';
  throw new UsageMistake(
    `--bucket-width must be 1d, 1h or 1m, for example --bucket-width ${meant}, not ${quoted(text)}.`,
  );
}

function readShell(word: string | undefined): Shell {
  const shell = SHELLS.find(name => name === word?.trim().toLowerCase());
  if (shell !== undefined) return shell;
  const names = listed(SHELLS, 'or');
  if (word === undefined) {
    throw new UsageMistake(`completion needs the shell it is for: ${names}, for example openai-usage completion bash.`);
  }
  const meant = nearest(word, SHELLS) ?? 'bash';
  throw new UsageMistake(
    `completion is for ${names}, for example openai-usage completion ${meant}, not for ${quoted(word)}.`,
  );
}
