import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';

/** @param {string} name */
const pathOf = name => fileURLToPath(new URL(name, import.meta.url));
const stringWidth = pathOf('string-width.js');
const styledChars = pathOf('styled-chars.js');
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

/** Where Ink takes the lines of a frame apart. */
const output = {file: /\/ink\/build\/output\.js$/};

/**
 * Puts off what Ink's packages do while they are loaded, which takes longer than drawing the first screen, and keeps
 * what they would work out again for every frame. Nothing they answer changes. Fails where a package is no longer as it
 * was when this was written.
 *
 * @type {import('esbuild').Plugin}
 */
export const startSooner = {
  name: 'start-sooner',
  setup(build) {
    /** @type {Set<{file: RegExp}>} */
    const missing = new Set([...shadows, output]);
    for (const shadow of shadows) {
      build.onLoad({filter: shadow.file}, async ({path}) => {
        missing.delete(shadow);
        return {contents: `${shadow.before}\n${await readFile(path, 'utf8')}`};
      });
    }
    build.onResolve({filter: /^string-width$/}, ({importer}) =>
      importer === stringWidth ? undefined : {path: stringWidth},
    );
    build.onResolve({filter: /^@alcalzone\/ansi-tokenize$/}, ({importer}) => {
      if (!output.file.test(importer)) return undefined;
      missing.delete(output);
      return {path: styledChars};
    });
    build.onEnd(() => {
      if (missing.size > 0) throw new Error(`Not in the bundle: ${[...missing].map(({file}) => file).join(', ')}`);
    });
  },
};
