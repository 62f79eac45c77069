import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';

/** @param {string} name */
const pathOf = name => fileURLToPath(new URL(name, import.meta.url));
const stringWidth = pathOf('string-width.js');
const segmenter = `import {Intl} from ${JSON.stringify(pathOf('segmenter.js'))};`;

/** What goes before a package's file: names that stand for global ones, in that file alone. */
const shadows = [
  {
    // Where there is a fetch, Yoga unpacks its WebAssembly with it, and so loads all of undici: 30 to 45 ms.
    file: /\/yoga-layout\/dist\/binaries\/yoga-wasm-base64-esm\.js$/,
    before: "const fetch = undefined, atob = text => Buffer.from(text, 'base64').toString('latin1');",
  },
  {file: /\/@alcalzone\/ansi-tokenize\/build\/tokenize\.js$/, before: segmenter},
  {file: /\/ink\/build\/line-update\.js$/, before: segmenter},
  {file: /\/slice-ansi\/tokenize-ansi\.js$/, before: segmenter},
  {file: /\/wrap-ansi\/index\.js$/, before: segmenter},
];

/**
 * Puts off what Ink's packages do while they are loaded, which takes longer than drawing the first screen. Nothing they
 * answer changes. Fails where a package is no longer as it was when this was written.
 *
 * @type {import('esbuild').Plugin}
 */
export const startSooner = {
  name: 'start-sooner',
  setup(build) {
    const missing = new Set(shadows);
    for (const shadow of shadows) {
      build.onLoad({filter: shadow.file}, async ({path}) => {
        missing.delete(shadow);
        return {contents: `${shadow.before}\n${await readFile(path, 'utf8')}`};
      });
    }
    build.onResolve({filter: /^string-width$/}, ({importer}) =>
      importer === stringWidth ? undefined : {path: stringWidth},
    );
    build.onEnd(() => {
      if (missing.size > 0) throw new Error(`Not in the bundle: ${[...missing].map(({file}) => file).join(', ')}`);
    });
  },
};
