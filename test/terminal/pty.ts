import {type ChildProcess, execFileSync, spawn, spawnSync} from 'node:child_process';
import {existsSync, readdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import headless from '@xterm/headless';
import {expect, onTestFinished} from 'vitest';

const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** util-linux' script makes the PTY; node-pty would be a native build. */
export const hasPty = spawnSync('script', ['--version']).status === 0;

export type PtyOptions = {
  readonly folder: string;
  readonly columns?: number;
  readonly rows?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** What is run in the terminal to have these words run somewhere else; without it they run here. */
  readonly through?: (words: readonly string[]) => readonly string[];
};

/** A word as the shell has to be given it. */
export function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** Whether a process is there and has not ended; one whose end nobody has asked for yet is no longer running. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** The built program in a real terminal, whose screen is read as a person sees it. */
export class Pty {
  /** Everything that came over the wire. */
  output = '';
  readonly exit: Promise<number | null>;
  readonly #child: ChildProcess;
  readonly #emulator: headless.Terminal;
  readonly #folder: string;
  readonly #changed = new Set<() => void>();
  #stops = 0;

  constructor(argv: readonly string[], options: PtyOptions) {
    const {folder, columns = 80, rows = 24, environment = {}, through = words => words} = options;
    this.#folder = folder;
    this.#emulator = new headless.Terminal({cols: columns, rows, allowProposedApi: true});
    const quoted = through([process.execPath, program, ...argv])
      .map(quote)
      .join(' ');
    // The shell stays behind the program, with job control, so that what the program left of the terminal can be asked.
    const command = `
      stty cols ${columns} rows ${rows}
      tty > tty
      stty -g > before
      set -m
      sh -c 'echo $$ > pid; exec "$@"' sh ${quoted}
      code=$?
      stops=0
      # Stopped by SIGSTOP, SIGTSTP, SIGTTIN or SIGTTOU.
      while [ $code -ge 147 ] && [ $code -le 150 ]; do
        stops=$((stops + 1))
        stty -g > modes
        mv modes stopped.$stops
        while [ ! -e go.$stops ]; do sleep 0.02; done
        . ./go.$stops
        code=$?
      done
      stty -g > after
      exit $code`;
    this.#child = spawn('script', ['-qfec', command, '/dev/null'], {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        TERM: 'xterm-256color',
        SHELL: '/bin/sh',
        LANG: 'C.UTF-8',
        ...environment,
      },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    // Somebody may still type when it has ended.
    this.#child.stdin?.on('error', () => {});
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.output += text;
      this.#emulator.write(text, () => {
        for (const changed of [...this.#changed]) changed();
      });
    });
    // A terminal answers when it is asked, for instance where its cursor is.
    this.#emulator.onData(answer => this.type(answer));
    this.exit = new Promise(resolve => this.#child.on('close', code => this.#emulator.write('', () => resolve(code))));
    onTestFinished(() => void this.#child.kill('SIGKILL'));
  }

  /** The lines of the screen, without the spaces at their ends. */
  get screen(): string {
    const {active} = this.#emulator.buffer;
    return Array.from(
      {length: this.#emulator.rows},
      // A screen that became narrower keeps what stood beyond its margin, out of sight.
      (_, row) =>
        active
          .getLine(active.baseY + row)
          ?.translateToString(false, 0, this.#emulator.cols)
          .trimEnd() ?? '',
    ).join('\n');
  }

  get isOnAlternateScreen(): boolean {
    return this.#emulator.buffer.active.type === 'alternate';
  }

  type(keys: string | Uint8Array): void {
    this.#child.stdin?.write(keys);
  }

  /** Resolves when the screen shows it; rejects with the screen when it never does: 30 s are no claim about speed. */
  see(pattern: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!pattern.test(this.screen)) return;
        this.#changed.delete(look);
        clearTimeout(giveUp);
        resolve(this.screen);
      };
      const giveUp = setTimeout(() => {
        this.#changed.delete(look);
        reject(new Error(`Never saw ${pattern} on:\n${this.screen}`));
      }, 30_000);
      this.#changed.add(look);
      look();
    });
  }

  /**
   * Resolves when the screen, as `look` sees it, has been the same for a while, and nobody is at work on what may come:
   * however slow the machine is.
   */
  async quiet(look = (screen: string) => screen): Promise<string> {
    let [since, seen] = [performance.now(), look(this.screen)];
    while (performance.now() - since < 300) {
      await new Promise(resolve => setTimeout(resolve, 30));
      await new Promise<void>(resolve => this.#emulator.write('', resolve));
      const now = look(this.screen);
      if (now !== seen || this.#isAtWork) [since, seen] = [performance.now(), now];
    }
    return seen;
  }

  /** Whether a thread of the program, or of what passes on keys and screens, runs or wants to. */
  get #isAtWork(): boolean {
    return [Number(this.#read('pid')), this.#child.pid ?? 0].some(pid => {
      try {
        const threads = readdirSync(`/proc/${pid}/task`);
        return threads.some(id => /\) [RD] /.test(readFileSync(`/proc/${pid}/task/${id}/stat`, 'utf8')));
      } catch {
        // It has ended, or one of its threads just now.
        return isRunning(pid);
      }
    });
  }

  /** Somebody else has the screen cleared. */
  erase(): void {
    this.#emulator.write('\u001B[H\u001B[2J');
  }

  resize(columns: number, rows: number): void {
    this.#emulator.resize(columns, rows);
    execFileSync('stty', ['-F', this.#read('tty'), 'cols', String(columns), 'rows', String(rows)]);
  }

  /** One size after the other as fast as it goes, whatever is being drawn meanwhile. */
  async resizeOften(sizes: ReadonlyArray<readonly [columns: number, rows: number]>): Promise<void> {
    const command = 'while read columns rows; do stty -F "$0" cols $columns rows $rows; echo $columns $rows; done';
    const shell = spawn('sh', ['-c', command, this.#read('tty')], {stdio: ['pipe', 'pipe', 'inherit']});
    shell.stdin.end(sizes.map(size => `${size.join(' ')}\n`).join(''));
    for await (const line of createInterface(shell.stdout)) {
      const [columns = 80, rows = 24] = line.split(' ').map(Number);
      this.#emulator.resize(columns, rows);
    }
  }

  /** Nobody reads what the program writes, until `recover`: its terminal is full after 22 kB. */
  stall(): void {
    this.#child.kill('SIGSTOP');
  }

  recover(): void {
    this.#child.kill('SIGCONT');
  }

  /** The line drops: the terminal is gone, and nobody says goodbye. */
  hangUp(): void {
    this.#child.kill('SIGKILL');
  }

  get isRunning(): boolean {
    return isRunning(Number(this.#read('pid')));
  }

  /** Sends a signal to the program itself, or to what it is run through. */
  signal(name: NodeJS.Signals): void {
    process.kill(Number(this.#read('pid')), name);
  }

  /** Presses Ctrl+Z, or does what else stops the program, and waits for the shell to have the terminal, which is as it was. */
  async suspend(stop = () => this.type('\u001A')): Promise<void> {
    await this.#stopBy(stop);
    expect(this.#read(`stopped.${this.#stops}`)).toBe(this.#read('before'));
    // What it wrote last is on its way when the shell already says that it has stopped.
    await expect.poll(() => this.isOnAlternateScreen).toBe(false);
    this.#expectModesOff();
  }

  /** Stops it as nobody can be told of (SIGSTOP): the terminal stays as it is. */
  async freeze(): Promise<void> {
    await this.#stopBy(() => this.signal('SIGSTOP'));
  }

  async #stopBy(stop: () => void): Promise<void> {
    this.#stops++;
    stop();
    await expect.poll(() => this.#read(`stopped.${this.#stops}`)).not.toBe('');
  }

  /** Lets the shell bring the program back: by `fg`, or by what else it is told. */
  resume(command = 'fg'): void {
    const path = join(this.#folder, `go.${this.#stops}`);
    writeFileSync(`${path}.begun`, command);
    renameSync(`${path}.begun`, path);
  }

  /** The terminal is as it was: the same line settings, the other screen left as often as entered, the cursor there. */
  expectRestored(visits = 1): void {
    expect(this.#read('after')).toBe(this.#read('before'));
    const entered = this.output.split('\u001B[?1049h').length;
    expect(this.output.split('\u001B[?1049l')).toHaveLength(entered);
    expect(entered).toBe(visits + 1);
    expect(this.isOnAlternateScreen).toBe(false);
    this.#expectModesOff();
    // The shell's prompt begins a line.
    expect(this.#emulator.buffer.active.cursorX).toBe(0);
  }

  /** The cursor is shown, every other mode that was switched on is off, and nothing keeps the screen from scrolling. */
  #expectModesOff(): void {
    const modes = new Map<string, string>();
    for (const [, numbers = '', set = ''] of this.output.matchAll(/\u001B\[\?([\d;]+)([hl])/g)) {
      for (const number of numbers.split(';')) modes.set(number, set);
    }
    expect(Object.fromEntries([...modes].filter(([mode, set]) => (set === 'h') !== (mode === '25')))).toEqual({});
    // The last scrolling region begins at the top, so it is the whole screen: a part is never left behind.
    expect([...this.output.matchAll(/\u001B\[(\d*)[\d;]*r/g)].at(-1)?.[1] ?? '1').toBe('1');
  }

  #read(name: string): string {
    const path = join(this.#folder, name);
    return existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
  }
}
