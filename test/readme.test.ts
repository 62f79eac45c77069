import {readFile} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {ENDPOINTS} from '../source/api/endpoints.ts';
import {COMMANDS, commandLine, FLAGS} from '../source/options/flags.ts';
import {helpFor} from '../source/ui/key-labels.ts';

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
