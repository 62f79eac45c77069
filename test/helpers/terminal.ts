import {PassThrough, Writable} from 'node:stream';
import headless from '@xterm/headless';

/** A keyboard: a stream that knows raw mode. */
export class FakeStdin extends PassThrough {
  isRaw = false;

  setRawMode(isRaw: boolean): this {
    this.isRaw = isRaw;
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}

/** A terminal that is read as a person sees it: what is written goes through a real emulator. */
export class FakeTerminal extends Writable {
  readonly isTTY = true;
  columns: number;
  rows: number;
  /** Everything ever written, as bytes went over the wire. */
  output = '';
  readonly #emulator: headless.Terminal;
  readonly #watchers = new Set<() => void>();

  constructor(columns: number, rows: number) {
    super({decodeStrings: false});
    this.columns = columns;
    this.rows = rows;
    // What the line discipline does: \n goes to the beginning of the next line.
    this.#emulator = new headless.Terminal({cols: columns, rows, convertEol: true, allowProposedApi: true});
  }

  override _write(chunk: string | Buffer, _encoding: string, done: () => void): void {
    this.output += chunk.toString();
    this.#emulator.write(chunk.toString(), () => {
      for (const watcher of [...this.#watchers]) watcher();
    });
    done();
  }

  /** Calls back with what a terminal says when it is asked, for instance whether it is there. */
  onAnswer(listener: (answer: string) => void): void {
    this.#emulator.onData(listener);
  }

  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    this.#emulator.resize(columns, rows);
    this.emit('resize');
  }

  /** The lines of the screen, without the spaces at their ends. */
  get lines(): readonly string[] {
    const {active} = this.#emulator.buffer;
    // A screen that became narrower keeps what stood beyond its margin, out of sight.
    return Array.from(
      {length: this.rows},
      (_, row) =>
        active
          .getLine(active.baseY + row)
          ?.translateToString(false, 0, this.columns)
          .trimEnd() ?? '',
    );
  }

  get screen(): string {
    return this.lines.join('\n');
  }

  /** Whether the program's own screen is shown, and not the shell's. */
  get isAlternate(): boolean {
    return this.#emulator.buffer.active.type === 'alternate';
  }

  /** Lines that went off the top: a full-screen program must leave none. */
  get scrolledOff(): number {
    return this.#emulator.buffer.active.baseY;
  }

  /** Waits until the screen is as it should be. Fails with what is on it; 30 s are no claim about speed. */
  async until(isRight: (screen: string) => boolean, what = 'the screen'): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const look = () => {
        if (!isRight(this.screen)) return;
        leave();
        resolve();
      };
      const leave = () => {
        clearTimeout(timer);
        this.#watchers.delete(look);
      };
      const timer = setTimeout(() => {
        leave();
        reject(new Error(`Waited for ${what} in vain. On the screen:\n${this.screen}`));
      }, 30_000);
      this.#watchers.add(look);
      look();
    });
  }

  /** Waits until the screen shows a text. */
  async shows(text: string | RegExp): Promise<void> {
    const isThere = (screen: string) => (typeof text === 'string' ? screen.includes(text) : text.test(screen));
    await this.until(isThere, String(text));
  }
}

/** How often a text was written. */
export function occurrences(output: string, text: string): number {
  return output.split(text).length - 1;
}
