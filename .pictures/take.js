import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {SESSIONS, SIZE} from './screens.js';
import {svgOf} from './svg.js';
import {Terminal} from './terminal.js';

const program = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

/**
 * Takes all pictures, from sessions of the built program with the demo organization. Returns them by the names of their
 * files. Throws with the screen where it does not show what it should.
 */
export async function takePictures() {
  const taken = await Promise.all(SESSIONS.map(takeThose));
  return new Map(taken.flat());
}

/** @param {(typeof SESSIONS)[number]} session */
async function takeThose({argv, pictures}) {
  const folder = await mkdtemp(join(tmpdir(), 'openai-usage-pictures-'));
  const terminal = new Terminal(program, argv, folder);
  try {
    /** @type {[name: string, svg: string][]} */
    const taken = [];
    for (const {name, steps, ...words} of pictures) {
      for (const [keys, pattern] of steps) {
        terminal.type(keys);
        await terminal.shows(pattern);
      }
      taken.push([`${name}.svg`, svgOf(terminal.buffer, SIZE, words)]);
    }
    return taken;
  } finally {
    await terminal.close();
    await rm(folder, {recursive: true, force: true});
  }
}
