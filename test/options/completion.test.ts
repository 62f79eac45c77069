import {execFileSync, spawnSync} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {completion} from '../../source/options/completion.ts';
import {COMMANDS, FLAGS, SHELLS} from '../../source/options/flags.ts';
import {parseOptions} from '../../source/options.ts';
import {parseDay} from '../../source/usage/days.ts';
import {run, temporaryFolder} from '../helpers/program.ts';
import {hasPty, Pty} from '../terminal/pty.ts';

const today = parseDay('2026-11-22') ?? Number.NaN;

const isInstalled = (shell: string) => spawnSync(shell, ['--version']).status === 0;
/** Why tests of a shell are left out where they are. */
const where = (shell: string) => `(where ${shell} is installed)`;

/** The script, in a file. */
function scriptFor(shell: (typeof SHELLS)[number]): string {
  const path = join(temporaryFolder(), `openai-usage.${shell}`);
  writeFileSync(path, completion(shell));
  return path;
}

/** Lets the shell write what it still has to, before its folder goes. */
async function leave(terminal: Pty): Promise<void> {
  terminal.type('exit\r');
  await terminal.exit;
}

/** What bash offers for each line, a word of which is empty where a space ends it; `=` is a word of its own. */
function inBash(lines: readonly string[]): string[][] {
  const driver = `
    source "$0"
    while IFS= read -r line; do
      IFS=' ' read -ra COMP_WORDS <<< "$line"
      [[ $line == *' ' ]] && COMP_WORDS+=('')
      COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
      _openai_usage
      printf '%s\\n' "\${COMPREPLY[*]}"
    done`;
  const said = execFileSync('bash', ['--norc', '-c', driver, scriptFor('bash')], {
    encoding: 'utf8',
    input: `${lines.join('\n')}\n`,
  });
  return said
    .split('\n')
    .slice(0, lines.length)
    .map(line => line.split(' ').filter(Boolean));
}

/** What a person types, and what is offered then, whichever shell it is. */
const offers: ReadonlyArray<readonly [typed: string, offered: string]> = [
  ['openai-usage ', 'cache completion demo-api doctor export help summary'],
  ['openai-usage ex', 'export'],
  ['openai-usage --last 3 ex', 'export'],
  ['openai-usage --ra', '--range'],
  ['openai-usage --range last-m', 'last-month'],
  ['openai-usage summary --range this-', 'this-month this-year'],
  ['openai-usage export --format ', 'csv json ndjson'],
  ['openai-usage summary --format ', 'csv json ndjson text'],
  ['openai-usage summary --by m', 'model'],
  ['openai-usage summary --by model,pro', 'model,project'],
  ['openai-usage summary --by model,mod', ''],
  ['openai-usage summary --metric cos', 'cost'],
  ['openai-usage export --endpoints completions,co', 'completions,code_interpreter_sessions completions,costs'],
  ['openai-usage export --bucket-width ', '1d 1h 1m'],
  ['openai-usage export --all', '--all-columns'],
  ['openai-usage summary --all', ''],
  ['openai-usage cache ', 'clear'],
  ['openai-usage cache --na', ''],
  ['openai-usage cache clear --na', '--names'],
  ['openai-usage completion ', 'bash fish zsh'],
  ['openai-usage help su', 'summary'],
  ['openai-usage --project ', ''],
];

describe('the scripts', () => {
  test.each(SHELLS.filter(isInstalled))('can be read by %s', shell => {
    expect(spawnSync(shell, ['-n', scriptFor(shell)], {encoding: 'utf8'})).toMatchObject({status: 0, stderr: ''});
  });

  test('are printed without a key, and without writing anything', async () => {
    for (const shell of SHELLS) {
      const result = await run(['completion', shell], {folder: temporaryFolder()});
      expect(result).toEqual({code: 0, stdout: completion(shell), stderr: ''});
    }
  });

  test('say at their heads how they are installed', () => {
    for (const shell of SHELLS)
      expect(completion(shell).split('\n').slice(0, 3).join('\n')).toContain(`openai-usage completion ${shell}`);
    // zsh takes it for a completion by its first line alone.
    expect(completion('zsh')).toMatch(/^#compdef openai-usage\n/);
  });
});

describe('bash', () => {
  test('is offered what can come next', () => {
    const offered = inBash(offers.map(([typed]) => typed));
    expect(offers.map(([typed], index) => [typed, offered[index]?.sort().join(' ')])).toEqual(offers);
  });

  test('is offered the flags of each command, and where no word can follow without a dash as well', () => {
    const typed = COMMANDS.map(name => ['openai-usage', ...(name === 'session' ? [] : [name])].join(' '));
    const flags = COMMANDS.map(name =>
      FLAGS.filter(flag => flag.commands.includes(name)).map(flag => `--${flag.name}`),
    );
    expect(inBash(typed.map(line => `${line} -`))).toEqual(flags);
    expect(inBash(['openai-usage doctor '])).toEqual([flags[COMMANDS.indexOf('doctor')]]);
  });

  test('is offered nothing that the program would not take', () => {
    const lines = FLAGS.flatMap(({name, commands}) => commands.map(command => [command, `--${name}`] as const));
    const words = lines.map(([command, flag]) => [...(command === 'session' ? [] : command.split(' ')), flag]);
    const offered = inBash(words.map(each => `openai-usage ${each.join(' ')} `));
    const taken = offered.flatMap((names, index) => {
      const [, flag = ''] = lines[index] ?? [];
      if (!['--range', '--endpoints', '--bucket-width', '--format', '--by', '--metric'].includes(flag)) return [];
      expect(names.length).toBeGreaterThan(2);
      return names.map(name =>
        parseOptions([...(words[index] ?? []), name], {OPENAI_ADMIN_KEY: 'sk-admin-abc123'}, today),
      );
    });
    expect(taken.length).toBeGreaterThan(100);
  });

  test('is offered a value behind the sign of equality, which it takes for a word of its own', () => {
    const lines = ['--range = last-m', '--range =', '--endpoints = costs,emb', '--range=last-m'];
    expect(inBash(lines.map(line => `openai-usage ${line}`))).toEqual([
      ['last-month'],
      expect.arrayContaining(['today', 'last-month']),
      ['costs,embeddings'],
      ['last-month'],
    ]);
  });

  test.skipIf(!hasPty)('completes names, lists and paths as they are typed', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'usage of may.csv'), '');
    mkdirSync(join(folder, 'caches'));
    writeFileSync(join(folder, 'cached.txt'), '');
    const terminal = new Pty([], {folder, columns: 100, through: () => ['bash', '--norc', '--noprofile', '-i']});
    terminal.type(`PS1='> '; source '${scriptFor('bash')}'; clear\r`);
    for (const [typed, completed] of [
      ['openai-usage exp\t--out\tus\t', 'openai-usage export --output usage\\ of\\ may.csv '],
      ['openai-usage export --output=us\t', 'openai-usage export --output=usage\\ of\\ may.csv '],
      ['openai-usage cache --cache-dir ca\t', 'openai-usage cache --cache-dir caches/'],
      // Readline parts words at these.
      ['openai-usage export --base-url https://h/v1 --outp\t', 'openai-usage export --base-url https://h/v1 --output '],
      ['openai-usage demo-api --fault 429:1@x --po\t', 'openai-usage demo-api --fault 429:1@x --port '],
      ['openai-usage export 2>/dev/null --for\t', 'openai-usage export 2>/dev/null --for'],
      [
        'openai-usage --endpoints=mod\t,cos\t --range last-m\t',
        'openai-usage --endpoints=moderations,costs --range last-month ',
      ],
    ] as const) {
      terminal.type(`${typed}#`);
      await terminal.see(new RegExp(`^> ${completed.replace(/[\\.*+]/g, '\\$&')}#$`, 'm'));
      terminal.type('\u0015');
    }
    await leave(terminal);
  });
});

describe.skipIf(!isInstalled('fish'))(`fish ${where('fish')}`, () => {
  const inFish = (lines: readonly string[]) => {
    const driver = `source '${scriptFor('fish')}'
      while read -l line
        echo (complete -C "$line" | string replace -r '\\t.*' '' | sort)
      end`;
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'usage.csv'), '');
    mkdirSync(join(folder, 'caches'));
    // Without a locale it completes nothing in a folder whose path has letters beyond ASCII.
    const environment = {PATH: process.env['PATH'], HOME: folder, LC_ALL: 'C.UTF-8'};
    const said = execFileSync('fish', ['--no-config', '-c', driver], {
      cwd: folder,
      encoding: 'utf8',
      input: `${lines.join('\n')}\n`,
      env: environment,
    });
    return said.split('\n').slice(0, lines.length);
  };

  test('is offered what can come next', () => {
    const offered = inFish(offers.map(([typed]) => typed));
    expect(offers.map(([typed], index) => [typed, offered[index]])).toEqual(offers);
  });

  test('says what a flag is for behind the flag, and not behind each of its values', () => {
    const driver = `source '${scriptFor('fish')}'
      complete -C 'openai-usage --ra'; complete -C 'openai-usage --range last-'; complete -C 'openai-usage --n'`;
    const said = execFileSync('fish', ['--no-config', '-c', driver], {
      encoding: 'utf8',
      env: {PATH: process.env['PATH'], HOME: temporaryFolder()},
    });
    const lines = said.split('\n');
    expect(lines.filter(line => /^--range\t\w/.test(line))).toHaveLength(1);
    expect(lines).toEqual(expect.arrayContaining(['last-7-days', 'last-12-months']));
    expect(said).toMatch(/^--no-color\t\w+/m);
  });

  test('is offered values behind the sign of equality, files and folders', () => {
    const lines = ['--range=last-m', 'export --endpoints=costs,emb', 'export --output us', 'cache --cache-dir ca'];
    expect(inFish(lines.map(line => `openai-usage ${line}`))).toEqual([
      '--range=last-month',
      '--endpoints=costs,embeddings',
      'usage.csv',
      'caches/',
    ]);
  });
});

describe.skipIf(!isInstalled('zsh') || !hasPty)(`zsh ${where('zsh and script of util-linux')}`, () => {
  const open = async (folder: string, load: string) => {
    const terminal = new Pty([], {folder, columns: 100, rows: 40, through: () => ['zsh', '-f', '-i']});
    terminal.type(`PS1='> '; autoload -Uz compinit; ${load}; clear; echo ready\r`);
    await terminal.see(/^ready$/m);
    return terminal;
  };

  test('completes what is typed', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'usage.csv'), '');
    const terminal = await open(folder, `compinit -D; source '${scriptFor('zsh')}'`);
    for (const [typed, completed] of [
      ['openai-usage exp\t--out\tus\t', 'openai-usage export --output=usage.csv '],
      // The last comma goes by itself when a space or Enter follows.
      ['openai-usage summary --by mod\t,pro\t --last 3', 'openai-usage summary --by model,project --last 3'],
      ['openai-usage --last 3 summ\t--range last-m\t', 'openai-usage --last 3 summary --range last-month '],
      ['openai-usage summary --format te\t', 'openai-usage summary --format text '],
      ['openai-usage cache cl\t--na\t', 'openai-usage cache clear --names '],
      ['openai-usage completion z\t', 'openai-usage completion zsh '],
      ['openai-usage help su\t', 'openai-usage help summary '],
      ['openai-usage export --last 3 --outp\t', 'openai-usage export --last 3 --output='],
      ['openai-usage summary --last 3 --by mod\t', 'openai-usage summary --last 3 --by model,'],
      ['openai-usage export --last 3 --no-c\t', 'openai-usage export --last 3 --no-color '],
      ['openai-usage cache --cache-dir /tmp cl\t', 'openai-usage cache --cache-dir /tmp clear '],
      ['openai-usage cache --ascii clear --na\t', 'openai-usage cache --ascii clear --names '],
      ['openai-usage doctor --demo --tim\t', 'openai-usage doctor --demo --timeout='],
    ] as const) {
      terminal.type(`${typed}#`);
      await terminal.see(new RegExp(`^> ${completed}#`, 'm'));
      terminal.type('\u0015');
    }
    await leave(terminal);
  });

  test('finds it in a folder of its own, and shows what is to be chosen and why', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, '.zfunc'));
    writeFileSync(join(folder, '.zfunc/_openai-usage'), completion('zsh'));
    const terminal = await open(folder, 'fpath=(~/.zfunc $fpath); compinit -u -D');
    terminal.type('openai-usage export --e\t');
    const screen = await terminal.see(/--excel/);
    expect(screen).toMatch(/^--end +-- last day, UTC, included: 2026-10-31/m);
    expect(screen).toMatch(/^--endpoints +-- comma-separated/m);
    terminal.type('\u0015');
    await leave(terminal);
  });
});
