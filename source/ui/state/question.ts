import {counted} from '../../view/counted.ts';
import {printable} from '../../view/printable.ts';
import {fittedLines} from '../fitted-lines.ts';
import {type Size, textWidth} from '../layout.ts';
import {heldLabel} from '../sentences.ts';
import type {Prompt} from './prompt.ts';

const MOST_LINES = 3;

/** What is asked, for `y` or `n`, with what would be lost and how it is answered; none while nothing is asked. */
export function questionLines(prompt: Prompt, size: Size): readonly string[] {
  const question = questionOf(prompt);
  return question === undefined ? [] : fittedLines(question, textWidth(size), MOST_LINES);
}

function questionOf(prompt: Prompt): string | undefined {
  if (prompt.kind === 'export' && prompt.step === 'overwrite') {
    return `${printable(prompt.path)} exists. Overwrite it? y or n`;
  }
  if (prompt.kind !== 'clear' || prompt.step !== 'asking' || !prompt.holdings) return undefined;
  const {days, bytes} = prompt.holdings;
  return `Clear ${counted(days, 'cached endpoint day')} (${heldLabel(bytes)})? The rows on the screen stay. y or n`;
}
