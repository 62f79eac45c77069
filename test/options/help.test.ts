import {describe, expect, test} from 'vitest';
import {ENDPOINTS} from '../../source/api/endpoints.ts';
import {COMMANDS, type CommandName, FLAGS} from '../../source/options/flags.ts';
import {help} from '../../source/options/help.ts';
import {knownDimensions, knownMetrics} from '../../source/options/known-names.ts';
import {parseOptions, UsageMistake} from '../../source/options.ts';
import {parseDay, presets} from '../../source/usage/days.ts';

const today = parseDay('2026-11-22') ?? Number.NaN;
const key = {OPENAI_ADMIN_KEY: 'sk-admin-secret'};

const words = (command: CommandName): string[] => (command === 'session' ? [] : command.split(' '));

/** The flags that a command's help lists, without dashes. */
const listed = (command: CommandName): string[] =>
  [...help(command).matchAll(/^ {2}--([a-z-]+)/gm)].map(match => match[1] ?? '');

const message = (argv: readonly string[]): string => {
  try {
    parseOptions(argv, key, today);
    return '';
  } catch (error) {
    if (error instanceof UsageMistake) return error.message;
    throw error;
  }
};

/** Whether the command takes the flag: its value may be wrong, or missing, but not the flag itself. */
const takes = (command: CommandName, flag: string): boolean =>
  !/is no option of|Unknown option/.test(message([...words(command), `--${flag}`]));

describe('help', () => {
  test.each(['session', 'export', 'summary', 'doctor', 'demo-api'] as const)(
    'of %s lists exactly the flags it takes',
    command => {
      expect(listed(command)).toEqual(FLAGS.map(({name}) => name).filter(name => takes(command, name)));
    },
  );

  test('of cache lists exactly the flags that cache or cache clear takes', () => {
    const taken = FLAGS.map(({name}) => name).filter(name => takes('cache', name) || takes('cache clear', name));
    expect(listed('cache')).toEqual(taken);
    expect(help('cache clear')).toBe(help('cache'));
  });

  test.each(COMMANDS)('of %s is at most 80 columns wide, of plain characters, without trailing spaces', command => {
    for (const line of help(command).split('\n')) {
      expect(line).toMatch(/^[\x20-\x7e]{0,80}$/);
      expect(line).toBe(line.trimEnd());
    }
  });

  test.each(COMMANDS)('of %s shows examples that are right', command => {
    const examples = help(command).split('\nExamples\n')[1] ?? '';
    const lines = [...examples.matchAll(/^ {2}openai-usage ?(.*?)(?: {2}.*| \| .*)?$/gm)].map(match => match[1] ?? '');
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(message(line.split(' ').filter(Boolean))).toBe('');
  });

  test('names every endpoint, every range, every exit code and where the key comes from', () => {
    const text = help('session').replace(/\s+/g, ' ');
    for (const {name} of ENDPOINTS) expect(text).toContain(name);
    expect(text).toContain(
      presets(today)
        .map(({name}) => name)
        .join(', '),
    );
    expect(
      help('session')
        .match(/^Exit codes\n( {2}\d.*\n)+/m)?.[0]
        .match(/^ {2}\d+(, \d+)*/gm),
    ).toEqual(['  0', '  1', '  2', '  3', '  130, 143, 129']);
    expect(text).toContain('OPENAI_ADMIN_KEY');
  });

  test('of summary names every dimension and metric', () => {
    const text = help('summary').replace(/\s+/g, ' ');
    for (const {names} of [knownDimensions(), knownMetrics()]) expect(text).toContain(names.join(', '));
  });

  test('of export, the beginning', () => {
    expect(help('export').split('\n').slice(0, 12).join('\n')).toBe(
      [
        'Usage',
        '  openai-usage export [options]  write usage and costs to a file or to stdout',
        '',
        'Data goes to the file or to stdout, everything else to stderr. A file that',
        'exists is kept unless --force is given. Files with endpoints missing are named',
        '..._partial.',
        '',
        'What to fetch',
        '  --start DATE             first day, UTC, included: 2026-10-01, or 2026-10 for',
        '                           the first of the month',
        '  --end DATE               last day, UTC, included: 2026-10-31, or 2026-10 for',
        '                           the last of the month (default: today)',
      ].join('\n'),
    );
  });
});

test('the example of every flag is right for the commands that take it', () => {
  for (const {name, value, commands} of FLAGS) {
    for (const command of commands) {
      const needs = {end: ['--start', '2026-10-01'], scale: ['--demo'], fault: ['--demo']}[String(name)] ?? [];
      const extra = command === 'demo-api' ? [] : needs;
      expect(message([...words(command), ...extra, `--${name}`, ...(value ? [value.example] : [])])).toBe('');
    }
  }
});
