/**
 * Makes `dist/`: the program as a bundle, in pieces that are loaded when they are wanted, and `LICENSES.txt` with the
 * licences of the packages that are in it. `node .build/build.js`, from the repository's root.
 */
import {readFile, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {build, transform} from 'esbuild';
import {licencesOf} from './licences.js';
import {startSooner} from './start-sooner.js';
import {withoutDevtools} from './without-devtools.js';
import {withoutRestoreCursor} from './without-restore-cursor.js';

const folder = 'dist';

await rm(folder, {recursive: true, force: true});
const {metafile} = await build({
  entryPoints: ['source/cli.ts'],
  outdir: folder,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // The bundle names its CommonJS modules by their paths: those of a linked node_modules would be the machine's.
  preserveSymlinks: true,
  minifySyntax: true,
  minifyWhitespace: true,
  // LICENSES.txt holds them whole; most packages have no such comment.
  legalComments: 'none',
  // React's development build doubles the time of a frame.
  define: {'process.env.NODE_ENV': '"production"'},
  banner: {
    js: "import {createRequire as __createRequire} from 'node:module';const require=__createRequire(import.meta.url);",
  },
  plugins: [startSooner, withoutDevtools, withoutRestoreCursor],
  metafile: true,
  logLevel: 'warning',
});
// A Node.js that is too old for the rest has to be able to read the file that says so.
const entry = join(folder, 'cli.js');
const {code} = await transform(await readFile(entry, 'utf8'), {
  target: 'es2019',
  supported: {'dynamic-import': true, 'import-meta': true},
  minifyWhitespace: true,
});
await writeFile(entry, code);
await writeFile(join(folder, 'LICENSES.txt'), await licencesOf(Object.keys(metafile.inputs)));
