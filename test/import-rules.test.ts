import {execFile} from 'node:child_process';
import {copyFileSync, mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {expect, test} from 'vitest';
import {temporaryFolder} from './helpers/program.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');

/** The rules that our own configuration finds broken in a tree of these files. */
async function brokenRules(files: Readonly<Record<string, string>>): Promise<string[]> {
  const folder = temporaryFolder();
  copyFileSync(join(root, '.biome.json'), join(folder, '.biome.json'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), text);
  }
  const argv = [biome, 'lint', '--vcs-enabled=false', '--reporter=json', '.'];
  const {stdout} = await promisify(execFile)(process.execPath, argv, {cwd: folder}).catch(
    (failed: {stdout: string}) => failed,
  );
  const report: {diagnostics: {category: string}[]} = JSON.parse(stdout);
  return report.diagnostics.map(({category}) => category);
}

const wrongWays = [
  ['api', '../usage/x.ts'],
  ['usage', '../view/x.ts'],
  ['usage', '../cli/x.ts'],
  ['view', '../export/x.ts'],
  ['view', 'ink'],
  ['export', '../ui/x.tsx'],
  ['export', 'react'],
  ['ui', '../export/x.ts'],
  ['ui', '../demo/x.ts'],
  ['demo', '../api/x.ts'],
  ['demo', '../options.ts'],
] as const;

test.each(wrongWays)('%s must not import %s', async (folder, specifier) => {
  const files = {[`source/${folder}/y.ts`]: `import * as x from '${specifier}';\n\nexport const y = x;\n`};
  expect(await brokenRules(files)).toEqual(['lint/style/noRestrictedImports']);
});

const rightWays = [
  ['usage', '../api/x.ts'],
  ['view', '../usage/x.ts'],
  ['ui', '../view/x.ts'],
  ['export', '../usage/x.ts'],
] as const;

test.each(rightWays)('%s may import %s', async (folder, specifier) => {
  const files = {[`source/${folder}/y.ts`]: `import * as x from '${specifier}';\n\nexport const y = x;\n`};
  expect(await brokenRules(files)).toEqual([]);
});

test('files must not import each other in a circle', async () => {
  const files = {
    'source/view/a.ts': "import {b} from './b.ts';\n\nexport const a = b;\n",
    'source/view/b.ts': "import {a} from './a.ts';\n\nexport const b = a;\n",
  };
  expect(new Set(await brokenRules(files))).toEqual(new Set(['lint/suspicious/noImportCycles']));
});
