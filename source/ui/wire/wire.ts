import {EventEmitter} from 'node:events';
import type {TerminalOutput} from '../contract.ts';
import type {Abilities} from './abilities.ts';
import {Echo} from './echo.ts';
import {type Frame, frameOf} from './frame.ts';
import {update} from './update.ts';

const MODES = /^(?:\x1b\[\?[\d;]+[hl])+$/;
const SYNCHRONIZED = /^(?:\x1b\[\?2026[hl])+$/;
const OTHER_SCREEN = /\x1b\[\?1049[hl]/;

/** What Ink writes before a frame to get rid of the last one: erasing, and going where it began. */
const ERASING = /^(?:\x1b\[[\d;]*[A-HJKf])+/;

/**
 * What Ink gets as its stdout: it keeps what the terminal shows, and sends only what changes. While the terminal has
 * not taken what was sent before, frames are not sent: only the newest is kept, and what it differs in goes out when
 * there is room. Modes (the other screen, the cursor) go through in their order. What others write to the terminal
 * itself comes between two updates; it must neither move the cursor nor leave anything on the screen.
 */
export class Wire extends EventEmitter implements NodeJS.WritableStream {
  readonly #terminal: TerminalOutput;
  readonly #abilities: Abilities;
  readonly #echo = new Echo(() => this.#send());
  /** What the terminal shows once all that was sent has arrived; undefined where nothing is known of it. */
  #shown: Frame | undefined;
  /** The newest frame's text. */
  #newest: string | undefined;
  #isWaiting = false;
  #timer: NodeJS.Timeout | undefined;
  #isHeld = false;

  constructor(terminal: TerminalOutput, abilities: Abilities) {
    super();
    this.#terminal = terminal;
    this.#abilities = abilities;
    terminal.on('resize', this.#resized);
  }

  get isTTY(): boolean {
    return this.#terminal.isTTY ?? false;
  }

  get columns(): number {
    return this.#terminal.columns || 80;
  }

  get rows(): number {
    return this.#terminal.rows || 24;
  }

  get writable(): boolean {
    return this.#terminal.writable;
  }

  /** Takes a frame, a mode or an erasure as Ink writes them. The callback comes when the terminal has what was sent. */
  write(data: string | Uint8Array, encoding?: unknown, callback: unknown = encoding): boolean {
    const text = typeof data === 'string' ? data : Buffer.from(data).toString();
    if (MODES.test(text)) this.#switch(text);
    else this.#draw(text.replace(ERASING, ''));
    if (typeof callback === 'function') this.#terminal.write('', () => void callback());
    return true;
  }

  /** Ink ends no stream; the terminal is nobody's to end. */
  end(): this {
    return this;
  }

  /** Sends the newest frame whole: nobody knows what the terminal shows. */
  redraw(): void {
    this.#shown = undefined;
    this.#echo.forget();
    this.#send();
  }

  /** The terminal has answered what it was asked after an update: it has drawn all that came before. */
  answered(): void {
    this.#echo.answered();
  }

  /** Resolves when no answer is under way that would come after the last key: a shell would take it for typing. */
  settled(): Promise<void> {
    return this.#echo.settled();
  }

  /** Sends no frame, and so asks nothing, until `release`: before the keyboard stops hearing the answers. Modes go on. */
  hold(): void {
    this.#isHeld = true;
  }

  /** Sends frames again, the newest first. */
  release(): void {
    this.#isHeld = false;
    this.#send();
  }

  /** Listens to the terminal no longer, and sends no frame any more. */
  close(): void {
    this.hold();
    this.#terminal.off('resize', this.#resized);
    this.#echo.close();
    clearTimeout(this.#timer);
  }

  #resized = (): void => {
    // What terminals do to their lines at another size, each does in its own way. Who heard of it first has drawn already.
    if (this.#shown?.columns !== this.columns || this.#shown.rows !== this.rows) this.#shown = undefined;
    this.emit('resize');
    // Ink draws at once, but nothing where the text is the same at both sizes.
    this.#send();
  };

  #switch(modes: string): void {
    if (SYNCHRONIZED.test(modes)) return;
    if (OTHER_SCREEN.test(modes)) {
      this.#shown = undefined;
      this.#newest = undefined;
    }
    this.#terminal.write(modes);
  }

  #draw(text: string): void {
    if (text === '') return;
    this.#newest = text;
    this.#send();
  }

  #send(): void {
    if (this.#isHeld || this.#newest === undefined || this.#isUntaken() || this.#lags()) return;
    const frame = frameOf(this.#newest, this, this.#shown);
    const bytes = update(this.#shown, frame, this.#abilities);
    const count = Buffer.byteLength(bytes);
    if (count > 0 && this.#echo.isAwaited(count)) return;
    this.#shown = frame;
    if (count > 0) this.#terminal.write(bytes + this.#echo.question(count));
  }

  /** Whether the terminal has yet to take what was written, by whomever; then the newest frame is sent when it has. */
  #isUntaken(): boolean {
    if (!this.#terminal.writableLength) return false;
    if (!this.#isWaiting) {
      this.#isWaiting = true;
      this.#terminal.write('', () => {
        this.#isWaiting = false;
        this.#send();
      });
    }
    return true;
  }

  /** Whether a terminal that does not answer has yet to draw what it took, as far as that can be told. */
  #lags(): boolean {
    const lag = this.#echo.hasAnswered ? 0 : (this.#terminal.lag?.() ?? 0);
    if (lag === 0) return false;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#send();
    }, lag);
    return true;
  }
}
