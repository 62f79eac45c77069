import {Writable} from 'node:stream';
import {describe, expect, test, vi} from 'vitest';
import {abilitiesOf} from '../../../source/ui/wire/abilities.ts';
import {Wire} from '../../../source/ui/wire/wire.ts';
import {cellsOn, terminalOf} from './screens.ts';

/** A terminal at the end of a line that takes nothing until it is told to. */
class SlowTerminal extends Writable {
  readonly isTTY = true;
  columns = 20;
  rows = 3;
  output = '';
  isTaking = true;
  #take: (() => void) | undefined;

  constructor() {
    super({decodeStrings: false});
  }

  override _write(chunk: string, _encoding: string, done: () => void): void {
    this.#take = () => {
      this.#take = undefined;
      this.output += chunk;
      done();
    };
    if (this.isTaking) this.#take();
  }

  /** Takes what waits, all of it, and everything from now on. */
  async recover(): Promise<void> {
    this.isTaking = true;
    this.#take?.();
    await new Promise(resolve => this.write('', resolve));
  }

  /** Takes what waits, and no more. */
  async takeOne(): Promise<void> {
    this.#take?.();
    await new Promise(setImmediate);
  }
}

/** As Ink writes a frame over the one before it. */
const erasing = '\x1b[2K\x1b[1A\x1b[2K\x1b[1A\x1b[2K\x1b[G';

function start() {
  const terminal = new SlowTerminal();
  const wire = new Wire(terminal, abilitiesOf('xterm'));
  return {terminal, wire, draw: (text: string) => wire.write(erasing + text)};
}

async function screenOf({columns, rows, output}: SlowTerminal): Promise<readonly string[]> {
  const emulator = terminalOf({columns, rows});
  emulator.write(output);
  return cellsOn(emulator);
}

const lines = (word: string) => `${word} 1\n${word} 2\n${word} 3`;
const copying = '\x1b]52;c;cm93\x07';
const clear = (rows = 3) => `\x1b[m\x1b[1;${rows}r\x1b[H\x1b[J`;

describe('what Ink writes', () => {
  test('the first frame goes out whole, the next as what differs, the same one not at all', () => {
    const {terminal, wire, draw} = start();
    wire.write('\x1b[?1049h');
    draw(lines('row'));
    expect(terminal.output).toBe(`\x1b[?1049h${clear()}row 1\x1bD\rrow 2\x1bD\rrow 3`);
    terminal.output = '';
    wire.write('\x1b[?2026h');
    draw(lines('rot'));
    wire.write('\x1b[?2026l');
    draw(lines('rot'));
    wire.write(erasing);
    expect(terminal.output).toBe('\x1b[1;3Ht\x1bD\bt\x1bD\bt');
  });

  test('modes go through, and on the other screen everything is drawn anew', () => {
    const {terminal, wire, draw} = start();
    draw(lines('row'));
    terminal.output = '';
    wire.write('\x1b[?25l');
    wire.write('\x1b[?1049l');
    wire.write('\x1b[?1049h');
    draw(lines('row'));
    expect(terminal.output).toBe(`\x1b[?25l\x1b[?1049l\x1b[?1049h${clear()}row 1\x1bD\rrow 2\x1bD\rrow 3`);
  });

  test.each([
    ['redraw', ({wire}: ReturnType<typeof start>) => wire.redraw()],
    [
      'a resize, at the new size,',
      ({terminal, draw}: ReturnType<typeof start>) => {
        terminal.columns = 3;
        terminal.emit('resize');
        draw(lines('row'));
      },
    ],
  ])('%s sends the frame whole', (_name, act) => {
    const session = start();
    session.draw(lines('row'));
    session.terminal.output = '';
    act(session);
    expect(session.terminal.output.startsWith(clear())).toBe(true);
  });

  test('a resize that changes no text sends the frame whole as well, but once only', () => {
    const {terminal, draw} = start();
    draw(lines('row'));
    terminal.output = '';
    terminal.columns = 21;
    terminal.emit('resize');
    terminal.emit('resize');
    expect(terminal.output).toBe(`${clear()}row 1\x1bD\rrow 2\x1bD\rrow 3`);
  });

  test('while held, modes go through and frames wait; then the newest goes out', () => {
    const {terminal, wire, draw} = start();
    draw(lines('row'));
    terminal.output = '';
    wire.hold();
    draw(lines('raw'));
    wire.redraw();
    wire.write('\x1b[?25h');
    draw(lines('rot'));
    expect(terminal.output).toBe('\x1b[?25h');
    wire.release();
    expect(terminal.output).toBe(`\x1b[?25h${clear()}rot 1\x1bD\rrot 2\x1bD\rrot 3`);
  });

  test('once closed, nothing is drawn any more', () => {
    const {terminal, wire, draw} = start();
    wire.close();
    draw(lines('row'));
    expect(terminal.output).toBe('');
  });

  test('a barrier is passed when the terminal has taken everything before it', async () => {
    const {terminal, wire, draw} = start();
    terminal.isTaking = false;
    draw(lines('row'));
    const passed = vi.fn();
    wire.write('', passed);
    await new Promise(setImmediate);
    expect(passed).not.toHaveBeenCalled();
    await terminal.recover();
    expect(passed).toHaveBeenCalledOnce();
  });
});

describe('a terminal that takes nothing', () => {
  test('has one frame waiting at most, and then gets the newest', async () => {
    const {terminal, draw} = start();
    draw(lines('row'));
    terminal.isTaking = false;
    draw(lines('first'));
    const waiting = terminal.writableLength;
    for (let frame = 0; frame < 300; frame++) draw(lines(`frame ${frame}`));
    expect(terminal.writableLength).toBe(waiting);
    const before = terminal.output.length;
    await terminal.recover();
    expect(terminal.output.slice(before)).not.toContain('frame 298');
    const {terminal: other, draw: drawOther} = start();
    drawOther(lines('frame 299'));
    expect(await screenOf(terminal)).toEqual(await screenOf(other));
  });

  test('one that takes a little now and then is always sent the difference to what it has', async () => {
    const {terminal, draw} = start();
    terminal.isTaking = false;
    for (let frame = 0; frame < 50; frame++) {
      draw(lines(`frame ${frame * 7}`));
      if (frame % 5 === 0) await terminal.takeOne();
    }
    await terminal.recover();
    const {terminal: other, draw: drawOther} = start();
    drawOther(lines('frame 343'));
    expect(await screenOf(terminal)).toEqual(await screenOf(other));
  });

  test('the newest frame is sent behind what others wrote, and behind a mode', async () => {
    const {terminal, wire, draw} = start();
    for (const [count, writeFirst] of [() => terminal.write(copying), () => wire.write('\x1b[?25l')].entries()) {
      terminal.isTaking = false;
      writeFirst();
      draw(lines(`first ${count}`));
      terminal.write(copying);
      draw(lines(`newest ${count}`));
      await terminal.recover();
      const {terminal: other, draw: drawOther} = start();
      drawOther(lines(`newest ${count}`));
      expect(await screenOf(terminal)).toEqual(await screenOf(other));
    }
  });

  test('the newest frame is sent when others wrote after the one before', async () => {
    const {terminal, draw} = start();
    terminal.isTaking = false;
    draw(lines('first'));
    terminal.write(copying);
    draw(lines('newest'));
    for (let writes = 0; writes < 6; writes++) await terminal.takeOne();
    expect(terminal.output).toContain('newest');
  });

  test('modes wait their turn behind the frame that was begun, and the frames before the other screen are gone', async () => {
    const {terminal, wire, draw} = start();
    draw(lines('row'));
    terminal.isTaking = false;
    draw(lines('first'));
    draw(lines('second'));
    wire.write('\x1b[?1049l');
    await terminal.recover();
    expect(terminal.output).toMatch(/first.*\x1b\[\?1049l$/s);
    expect(terminal.output).not.toContain('second');
  });
});

test('a terminal that lags behind what it took gets the newest frame once it should have drawn that', () => {
  vi.useFakeTimers();
  const {terminal, wire, draw} = start();
  let milliseconds = 3000;
  Object.assign(terminal, {lag: () => milliseconds});
  draw(lines('first'));
  draw(lines('newest'));
  expect(terminal.output).toBe('');
  milliseconds = 0;
  vi.runOnlyPendingTimers();
  expect(terminal.output).toContain('newest');
  expect(terminal.output).not.toContain('first');
  wire.close();
  vi.useRealTimers();
});

describe('a terminal that answers', () => {
  const question = '\x1b[5n';
  const wide = (word: string) => Array.from({length: 3}, () => word.repeat(100)).join('\n');

  function startWide() {
    const session = start();
    session.terminal.columns = 400;
    return session;
  }

  /** It has answered once, and as much is under way as may be. */
  function startFull() {
    const session = startWide();
    session.draw(wide('abcd'));
    session.wire.answered();
    session.draw(wide('efgh'));
    session.draw(wide('ijkl'));
    session.draw(wide('mnop'));
    expect(session.terminal.output).not.toContain('mnop');
    return session;
  }

  test('is asked once in a while, and never twice before it has answered for the first time', () => {
    const {terminal, draw} = startWide();
    for (const word of ['abcd', 'efgh', 'ijkl', 'mnop']) draw(wide(word));
    expect(terminal.output.split(question)).toHaveLength(2);
    expect(terminal.output).toContain('mnop');
  });

  test('gets no more until it has answered, and then the newest frame', () => {
    const {terminal, wire, draw} = startFull();
    draw(wide('qrst'));
    expect(terminal.output).not.toContain('qrst');
    wire.answered();
    wire.answered();
    expect(terminal.output).not.toContain('mnop');
    expect(terminal.output).toContain('qrst');
  });

  test('is waited for before its answer would reach the shell', async () => {
    const {wire, draw} = startWide();
    draw(wide('abcd'));
    await wire.settled();
    wire.answered();
    draw(wide('efgh'));
    const settled = vi.fn();
    wire.settled().then(settled);
    await new Promise(setImmediate);
    expect(settled).not.toHaveBeenCalled();
    wire.answered();
    await new Promise(setImmediate);
    expect(settled).toHaveBeenCalledOnce();
  });

  test('one whose answers get lost is sent the newest frame after a while', () => {
    vi.useFakeTimers();
    const {terminal, wire} = startFull();
    vi.runOnlyPendingTimers();
    expect(terminal.output).toContain('mnop');
    wire.close();
    vi.useRealTimers();
  });
});
