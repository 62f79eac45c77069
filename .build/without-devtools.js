import {readFile} from 'node:fs/promises';

const condition = "process.env['DEV'] === 'true'";

/**
 * Leaves out what Ink does where the environment has DEV=true, which many have for reasons of their own: it would load
 * React's tools, if they are anywhere to be found, and show them the session through a port of this machine. Fails where
 * Ink no longer has it as it was when this was written.
 *
 * @type {import('esbuild').Plugin}
 */
export const withoutDevtools = {
  name: 'without-devtools',
  setup(build) {
    build.onLoad({filter: /\/ink\/build\/(?:ink|reconciler)\.js$/}, async ({path}) => {
      const text = await readFile(path, 'utf8');
      if (!text.includes(condition)) throw new Error(`${path} no longer asks whether ${condition}.`);
      return {contents: text.replaceAll(condition, 'false')};
    });
  },
};
