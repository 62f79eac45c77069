import {spawn} from 'node:child_process';
import {once} from 'node:events';
import headless from '@xterm/headless';
import {MOMENT, SIZE} from './screens.js';

/** Stops the clock of the program; what it waits for goes by another one. */
const clock = `
  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    constructor(...given) {
      super(...(given.length === 0 ? [${MOMENT}] : given));
    }
    static now() {
      return ${MOMENT};
    }
  };`;

/** @param {string} word */
const quote = word => `'${word.replaceAll("'", "'\\''")}'`;

/** The program in a terminal that util-linux' script makes, read as a person sees it. */
export class Terminal {
  #screen = new headless.Terminal({cols: SIZE.columns, rows: SIZE.rows, allowProposedApi: true});
  #child;
  #ended;
  #listening = () => {};

  /**
   * @param {string} program
   * @param {readonly string[]} argv
   * @param {string} folder home of the program, and where it runs
   */
  constructor(program, argv, folder) {
    const words = [process.execPath, '--import', `data:text/javascript,${encodeURIComponent(clock)}`, program, ...argv];
    const command = `stty cols ${SIZE.columns} rows ${SIZE.rows}; exec ${words.map(quote).join(' ')}`;
    this.#child = spawn('script', ['-qfec', command, '/dev/null'], {
      cwd: folder,
      env: {PATH: process.env['PATH'], HOME: folder, TERM: 'xterm-256color', LANG: 'C.UTF-8', SHELL: '/bin/sh'},
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#ended = once(this.#child, 'close');
    this.#child.stdout?.setEncoding('utf8').on('data', text => this.#screen.write(text, () => this.#listening()));
    this.#screen.onData(answer => this.type(answer));
  }

  get buffer() {
    return this.#screen.buffer.active;
  }

  get text() {
    const lines = Array.from({length: SIZE.rows}, (_, row) => this.buffer.getLine(row)?.translateToString(true) ?? '');
    return lines.join('\n');
  }

  /** @param {string} keys */
  type(keys) {
    this.#child.stdin?.write(keys);
  }

  /**
   * Resolves when the screen shows it and has stood still for a moment; rejects with the screen after 20 s.
   *
   * @param {RegExp} pattern
   * @returns {Promise<void>}
   */
  shows(pattern) {
    return new Promise((resolve, reject) => {
      const giveUp = setTimeout(() => done(() => reject(new Error(`Never saw ${pattern} on:\n${this.text}`))), 20_000);
      /** @type {NodeJS.Timeout | undefined} */
      let still;
      const done = (/** @type {() => void} */ settle) => {
        clearTimeout(giveUp);
        clearTimeout(still);
        this.#listening = () => {};
        settle();
      };
      this.#listening = () => {
        clearTimeout(still);
        if (pattern.test(this.text)) still = setTimeout(() => done(resolve), 400);
      };
      this.#listening();
    });
  }

  /** Lets the line drop; resolves when the program's end of it is gone as well. */
  async close() {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }
}
