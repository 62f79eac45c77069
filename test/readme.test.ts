import {readFile} from 'node:fs/promises';
import {expect, test} from 'vitest';
import packageJson from '../package.json' with {type: 'json'};
import {ENDPOINTS} from '../source/api/endpoints.ts';
import {COMMANDS, commandLine, FLAGS} from '../source/options/flags.ts';
import {parseOptions} from '../source/options.ts';
import {helpFor} from '../source/ui/key-labels.ts';
import {parseDay} from '../source/usage/days.ts';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');

test.each(FLAGS.map(({name}) => `--${name}`))('%s is explained', flag => {
  expect(readme).toMatch(new RegExp(`^\\|.*${flag}(?![\\w-]).*\\|`, 'm'));
});

test.each(COMMANDS.map(commandLine))('%s stands among the commands', command => {
  expect(readme).toMatch(new RegExp(`^${command.replace('cache clear', 'cache \\[clear\\]')} .* `, 'm'));
});

test.each(ENDPOINTS.map(({name}) => name))('the endpoint %s is explained', endpoint => {
  expect(readme).toMatch(new RegExp(`^\\|.*\`${endpoint}\``, 'm'));
});

/** A row a screen: the README's table of all keys. After a change of the key map, this is what has to stand there. */
function tableOfKeys(): string {
  const row = ({title, entries}: ReturnType<typeof helpFor>[number]) =>
    `| ${title} | ${entries.map(({keys, help}) => `${keys.split(' ').map(code).join(' ')} ${help}`).join(' · ')} |`;
  return ['| where | keys |', '|---|---|', ...helpFor().map(row)].join('\n');
}

function code(key: string): string {
  return `\`${key}\``;
}

test('all keys of all screens are listed', () => {
  expect(readme).toContain(tableOfKeys());
});

test('every picture is there', async () => {
  const pictures = [...readme.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, path]) => path ?? '');
  expect(pictures.length).toBeGreaterThan(3);
  for (const path of pictures) {
    await expect(readFile(new URL(`../${path}`, import.meta.url), 'utf8')).resolves.toMatch(/^<svg /);
  }
});

/** What stands below each heading of the second level, up to the next one, by its heading. */
const sections = new Map(
  readme
    .split(/^## /m)
    .slice(1)
    .map(section => {
      const end = section.indexOf('\n');
      return [section.slice(0, end), section.slice(end).trim()] as const;
    }),
);

test.each<[string, RegExp]>([
  ['One minute', /^1\. .*Dates[\s\S]*\n7\. .*`q` leaves/m],
  ['Keys', /^\| key \|/m],
  ['Command line', /^\| option \|/m],
  ['The cache', /^\| the day in the cache \|[\s\S]*^\*\*Settled\*\* means /m],
  ['What is stored where', /^\| the admin key \| in memory only[\s\S]*no telemetry/m],
  ["Beside the dashboard and OpenAI's own CLI", /^\| .*this program \| web dashboard \| `openai /m],
  ['Limits', /^- .*2\^53/m],
  ['Changelog', new RegExp(`^### ${packageJson.version} · \\d{4}-\\d\\d-\\d\\d\\n\\n\\S`, 'm')],
  ['Contributing', /`npm test`/],
])('there is a section “%s”, and it speaks of that', (heading, words) => {
  expect(sections.get(heading) ?? '').toMatch(words);
});

/** The arguments of every command that is shown, in a block or within a sentence, as a shell would pass them on. */
function commandsShown(): string[] {
  const blocks = [...readme.matchAll(/^ *```sh\n([\s\S]*?)^ *```/gm)].flatMap(([, lines = '']) => lines.split('\n'));
  const spans = [...readme.replaceAll(/^ *```[\s\S]*?^ *```/gm, '').matchAll(/`([^`\n]+)`/g)].map(
    ([, code = '']) => code,
  );
  return [...blocks, ...spans].flatMap(line => {
    const [, first = '', rest = ''] =
      /^(?:.* )?(openai-usage|npm start|npm run (?:--silent )?demo)(?: --)?(?=[ ]|$)([^#|&>]*(?:\|\w[^#|&>]*)*)/.exec(
        line.trim(),
      ) ?? [];
    if (first === '') return [];
    return [`${first.endsWith('demo') ? '--demo ' : ''}${rest.trim()}`.trim()];
  });
}

test.each([...new Set(commandsShown())])('the command shown with “%s” is one', line => {
  // bash|zsh|fish: any of them.
  const argv = line
    .split(' ')
    .filter(Boolean)
    .map(word => word.split('|')[0] ?? '');
  expect(() => parseOptions(argv, {OPENAI_ADMIN_KEY: 'sk-admin-abc123'}, parseDay('2026-11-22') ?? 0)).not.toThrow();
});

test('commands are shown for the first steps and for each job', () => {
  const shown = commandsShown();
  for (const words of ['', '--demo', '--range last-month', 'doctor', 'cache clear --names'])
    expect(shown).toContain(words);
});
