import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {build} from 'esbuild';

export type RunOptions = {
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
};

/** Seconds from the start of the process to its end, and to the first byte on its standard output. */
export type Timed = {readonly seconds: number; readonly firstByte: number; readonly stdout: string};

/** Folders and processes of the benchmark, which `close` takes away: at its end, and on Ctrl+C. */
export class Workshop {
  readonly #folders: string[] = [];
  readonly #children = new Set<ChildProcess>();

  folder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'openai-usage-benchmark-'));
    this.#folders.push(folder);
    return folder;
  }

  /** A process with nothing of our environment but the PATH, whose home is `folder`. */
  start(command: string, argv: readonly string[], {folder, environment = {}}: RunOptions): ChildProcess {
    const child = spawn(command, argv, {
      cwd: folder,
      env: {PATH: process.env['PATH'], TERM: 'xterm-256color', LANG: 'C.UTF-8', HOME: folder, ...environment},
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#children.add(child);
    child.on('close', () => this.#children.delete(child));
    return child;
  }

  /** Runs a Node program to its end. Throws where it fails: a run that broke off must not be a fast one. */
  async run(argv: readonly string[], options: RunOptions): Promise<Timed> {
    const started = performance.now();
    const child = this.start(process.execPath, argv, options);
    let firstByte = Number.NaN;
    const stdout: Buffer[] = [];
    let stderr = '';
    child.stdout?.on('data', (data: Buffer) => {
      if (stdout.length === 0) firstByte = (performance.now() - started) / 1000;
      stdout.push(data);
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const [code] = await once(child, 'close');
    const seconds = (performance.now() - started) / 1000;
    if (code !== 0) throw new Error(`${argv.join(' ')} ended with ${code}:\n${stderr}`);
    return {seconds, firstByte, stdout: Buffer.concat(stdout).toString()};
  }

  close(): void {
    for (const child of this.#children) child.kill('SIGKILL');
    for (const folder of this.#folders) rmSync(folder, {recursive: true, force: true, maxRetries: 3});
    this.#folders.length = 0;
  }
}

/** Bundles programs of this folder as the build bundles ours, so that starting them costs the same: `NAME.mjs`. */
export async function bundle(names: readonly string[], sources: string, folder: string): Promise<void> {
  await build({
    entryPoints: names.map(name => join(sources, `${name}.ts`)),
    outdir: folder,
    outExtension: {'.js': '.mjs'},
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minifySyntax: true,
    minifyWhitespace: true,
    define: {'process.env.NODE_ENV': '"production"'},
    banner: {
      js: "import {createRequire as __createRequire} from 'node:module';const require=__createRequire(import.meta.url);",
    },
  });
}
