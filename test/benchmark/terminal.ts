import {type ChildProcess, spawnSync} from 'node:child_process';
import {setTimeout as sleep} from 'node:timers/promises';
import headless from '@xterm/headless';
import type {Workshop} from './workshop.ts';

/** Why nothing that needs a terminal is measured here; undefined where it can be. */
export function whyNoTerminal(): string | undefined {
  // A terminal without a native module: `script` of util-linux; the one of BSD and macOS is another program.
  const {stdout} = spawnSync('script', ['--version'], {encoding: 'utf8'});
  return stdout?.includes('util-linux') ? undefined : 'needs script(1) of util-linux';
}

export type Size = {readonly columns: number; readonly rows: number};

export type TerminalOptions = Size & {
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
};

/** Something that came over the wire: when (of `performance.now`) and how much. */
export type Arrival = {readonly at: number; readonly bytes: number};

export function bytesOf(arrivals: readonly Arrival[]): number {
  return arrivals.reduce((sum, {bytes}) => sum + bytes, 0);
}

/** What comes closer together than this is one update: a frame of 60 a second is 16 ms from the next. */
const updateGap = 8;

/** How many times something arrived after a pause. */
export function countUpdates(arrivals: readonly Arrival[]): number {
  return arrivals.filter(({at}, index) => !(at - (arrivals[index - 1]?.at ?? Number.NaN) < updateGap)).length;
}

/**
 * A program in a real terminal. What it sends is counted and timed as bytes, whatever they mean: nothing here knows how
 * a program begins or ends a frame. Only what stands on the screen in the end is asked of an emulator.
 */
export class Terminal {
  /** When the shell gave way to the program. */
  started = Number.NaN;
  readonly #child: ChildProcess;
  readonly #emulator: headless.Terminal;
  readonly #size: Size;
  #unread: Buffer[] = [];
  #arrivals: Arrival[] = [];
  #onData = () => {};

  private constructor(workshop: Workshop, argv: readonly string[], options: TerminalOptions) {
    const {columns, rows, folder, environment} = options;
    this.#size = {columns, rows};
    this.#emulator = new headless.Terminal({cols: columns, rows, scrollback: 0, allowProposedApi: true});
    const quoted = argv.map(word => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
    // Keys that are typed ahead arrive as they were typed, and come back to nobody's screen.
    const command = `stty cols ${columns} rows ${rows} -icanon -icrnl -echo; printf started; exec ${quoted}`;
    this.#child = workshop.start('script', ['-qfec', command, '/dev/null'], {
      folder,
      environment: {SHELL: '/bin/sh', ...environment},
    });
  }

  /** Resolves at the moment in which the program takes the place of the shell. */
  static async start(workshop: Workshop, argv: readonly string[], options: TerminalOptions): Promise<Terminal> {
    const terminal = new Terminal(workshop, argv, options);
    const {stdout} = terminal.#child;
    let before = '';
    await new Promise<void>((resolve, reject) => {
      terminal.#child.once('close', () => reject(new Error(`${argv.join(' ')} did not start: ${before}`)));
      stdout?.on('data', (data: Buffer) => {
        const at = performance.now();
        if (Number.isNaN(terminal.started)) {
          before += data.toString('latin1');
          if (!before.includes('started')) return;
          terminal.started = at;
          resolve();
          data = Buffer.from(before.slice(before.indexOf('started') + 'started'.length), 'latin1');
          if (data.length === 0) return;
        }
        terminal.#unread.push(data);
        terminal.#arrivals.push({at, bytes: data.length});
        terminal.#onData();
      });
    });
    return terminal;
  }

  type(keys: string): void {
    this.#child.stdin?.write(keys);
  }

  /**
   * What arrives until nothing has come for `quiet` milliseconds; nothing, if it has not begun within `patience`. What
   * came before this call belongs to nobody.
   */
  async settle(quiet: number, patience: number): Promise<readonly Arrival[]> {
    this.#arrivals = [];
    await new Promise<void>(resolve => {
      let timer = setTimeout(resolve, patience);
      this.#onData = () => {
        clearTimeout(timer);
        timer = setTimeout(resolve, quiet);
      };
    });
    this.#onData = () => {};
    const arrivals = this.#arrivals;
    // Not while it was measured: reading takes a processor's time.
    await this.#read();
    return arrivals;
  }

  /** What arrives within so many milliseconds. */
  async listen(milliseconds: number): Promise<readonly Arrival[]> {
    this.#arrivals = [];
    await sleep(milliseconds);
    const arrivals = this.#arrivals;
    await this.#read();
    return arrivals;
  }

  /**
   * What has arrived since it was last asked until the screen shows the text, the last being what made it so. Throws
   * where it never does.
   */
  async until(text: string, limit = 60_000): Promise<readonly Arrival[]> {
    const end = performance.now() + limit;
    while (performance.now() < end) {
      const count = this.#arrivals.length;
      await this.#read();
      if (this.screen.includes(text)) return this.#arrivals.slice(0, count);
      if (this.#arrivals.length === count) await Promise.race([sleep(250), this.#nextData()]);
    }
    throw new Error(`Never saw "${text}" on:\n${this.screen}`);
  }

  /** The lines of the screen, without the spaces at their ends. */
  get screen(): string {
    const {active} = this.#emulator.buffer;
    return Array.from(
      {length: this.#size.rows},
      (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '',
    ).join('\n');
  }

  /** Takes the terminal away, and the program gets its SIGHUP. */
  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    await new Promise<void>(resolve => {
      this.#child.once('close', () => resolve());
      this.#child.kill('SIGKILL');
    });
    this.#emulator.dispose();
  }

  #nextData(): Promise<void> {
    return new Promise(resolve => {
      this.#onData = resolve;
    });
  }

  #read(): Promise<void> {
    const data = Buffer.concat(this.#unread);
    this.#unread = [];
    return new Promise(resolve => this.#emulator.write(data, resolve));
  }
}
