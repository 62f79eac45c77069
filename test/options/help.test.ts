import {describe, expect, test} from 'vitest';
import {ENDPOINTS} from '../../source/api/endpoints.ts';
import {COMMANDS, type CommandName, FLAGS} from '../../source/options/flags.ts';
import {help} from '../../source/options/help.ts';
import {knownDimensions, knownMetrics} from '../../source/options/known-names.ts';
import {parseOptions, UsageMistake} from '../../source/options.ts';
import {parseDay, presets} from '../../source/usage/days.ts';

const today = parseDay('2026-11-22') ?? Number.NaN;
const key = {OPENAI_ADMIN_KEY: 'sk-admin-secret'};

/** The words of a command, and what it cannot do without. */
const words = (command: CommandName): string[] =>
  command === 'session' ? [] : [...command.split(' '), ...(command === 'completion' ? ['bash'] : [])];

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

  test.each(COMMANDS)('of %s shows two examples or more, and all of them are right', command => {
    const examples = help(command).split('\nExamples\n')[1] ?? '';
    const lines = [...examples.matchAll(/^ {2}(?:source <\()?openai-usage ?(.*?)(?: {2}.*|\).*| [|>] .*)?$/gm)];
    expect(lines.length).toBe(examples.trimEnd().split('\n').length);
    expect(lines.length).toBeGreaterThan(1);
    for (const [, line = ''] of lines) expect(message(line.split(' ').filter(Boolean)), line).toBe('');
  });

  test.each(COMMANDS)('of %s is this text', async command => {
    await expect(help(command)).toMatchFileSnapshot(`help/${command.replace(' ', '-')}.txt`);
  });

  test.each([
    ['--help', 'session'],
    ['-h', 'session'],
    ['help', 'session'],
    ['help --last 3', 'session'],
    ['help help', 'session'],
    ['help export', 'export'],
    ['help cache clear', 'cache clear'],
    ['help completion', 'completion'],
    ['export help --bogus -h', 'export'],
    ['help export --help', 'export'],
    ['completion bash -h', 'completion'],
  ] as const)('is had by %s', (line, topic) => {
    expect(parseOptions(line.split(' '), {}, today)).toEqual({command: 'help', topic});
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
