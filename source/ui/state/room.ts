import {ROWS_FOR_BORDERS, type Size, textWidth} from '../layout.ts';
import {gapSentence} from '../sentences.ts';
import type {Glyphs} from '../theme.ts';
import {wrapText} from '../wrap.ts';
import {headlineLine} from './comparison.ts';
import type {Prompt} from './prompt.ts';
import type {Message, ResultsState, TableRoom} from './results.ts';
import {filtersLine} from './search.ts';

/** The lines that a message takes above the footer: two at most. */
export function messageLines(message: Message | undefined, size: Size): readonly string[] {
  return message ? wrapText(message.text, textWidth(size)).slice(0, 2) : [];
}

/** What is to be said of the rows on the screen, under the table. */
export function noteOf({outcome}: ResultsState, glyphs: Glyphs): string | undefined {
  return gapSentence(outcome, glyphs.separator);
}

/** Whether the cache's figures have room for borders. */
export function hasBorders(size: Size): boolean {
  return size.rows >= ROWS_FOR_BORDERS;
}

function promptHeight(prompt: Prompt | undefined, size: Size): number {
  if (!prompt) return 0;
  if (prompt.kind === 'clear') return prompt.holdings && hasBorders(size) ? 6 : 1;
  return 1 + (prompt.problem ? problemLines(prompt.problem, size).length : 0);
}

export function problemLines(problem: string, size: Size, most = 2): readonly string[] {
  return wrapText(problem, textWidth(size)).slice(0, most);
}

/** What stands over the rows: what changed since the period before, and the filters. */
export function linesAbove(
  results: ResultsState,
  {size, glyphs}: {readonly size: Size; readonly glyphs: Glyphs},
): readonly {readonly text: string; readonly tone: 'plain' | 'accent'}[] {
  const width = textWidth(size);
  // On the smallest screens the rows need the room more.
  const headline = size.rows < ROWS_FOR_HEADLINE ? undefined : headlineLine(results, width, glyphs);
  const filters = filtersLine(results, width, glyphs);
  return [
    ...(headline === undefined ? [] : [{text: headline, tone: 'plain'} as const]),
    ...(filters === undefined ? [] : [{text: filters, tone: 'accent'} as const]),
  ];
}

const ROWS_FOR_HEADLINE = 12;

/** The table's room: what header line, column names, position, footer and everything that is said leave over. */
export function tableRoom(
  results: ResultsState,
  {message, size, glyphs}: {readonly message: Message | undefined; readonly size: Size; readonly glyphs: Glyphs},
): TableRoom {
  const said = messageLines(message, size).length + (noteOf(results, glyphs) ? 1 : 0);
  const asked =
    promptHeight(results.prompt, size) + (results.refetching ? 1 : 0) + linesAbove(results, {size, glyphs}).length;
  return {width: textWidth(size), height: Math.max(1, size.rows - 4 - said - asked)};
}
