import {fittedLines} from '../fitted-lines.ts';
import {ROWS_FOR_BORDERS, type Size, textWidth} from '../layout.ts';
import {gapSentence} from '../sentences.ts';
import type {Glyphs} from '../theme.ts';
import {headlineLine} from './comparison.ts';
import {filtersLine} from './filters-line.ts';
import type {Prompt} from './prompt.ts';
import {questionLines} from './question.ts';
import type {Message, ResultsState, TableRoom} from './results.ts';
import type {Sight} from './step.ts';
import {taskLine} from './tasks.ts';

/** The lines that a message takes above the footer. What to do stands at the end of its sentences. */
export function messageLines(message: Message | undefined, size: Size): readonly string[] {
  return message ? fittedLines(message.text, textWidth(size), MOST_LINES) : [];
}

/** Of what is said. On the smallest screen they leave two rows of the table. */
const MOST_LINES = 4;

/** What is to be said of the rows on the screen, under the table. */
function noteOf({outcome}: ResultsState, glyphs: Glyphs): string | undefined {
  return gapSentence(outcome, glyphs.separator);
}

/** Whether the cache's figures have room for borders. */
export function hasBorders(size: Size): boolean {
  return size.rows >= ROWS_FOR_BORDERS;
}

function promptHeight(prompt: Prompt | undefined, size: Size): number {
  if (!prompt) return 0;
  const asked = Math.max(1, questionLines(prompt, size).length);
  if (prompt.kind === 'clear') return asked + (prompt.holdings && hasBorders(size) ? 5 : 0);
  return asked + (prompt.problem ? problemLines(prompt.problem, size).length : 0);
}

/** The lines of what is wrong with what a field holds, beside which they leave two rows of the table as well. */
export function problemLines(
  problem: string,
  size: Size,
  most = Math.min(MOST_LINES, size.rows - FRAME_ROWS - LEAST_ROWS - 1),
): readonly string[] {
  return fittedLines(problem, textWidth(size), most);
}

/** What stands over the rows: what changed since the period before, and the filters. */
function linesAbove(
  results: ResultsState,
  {size, glyphs}: {readonly size: Size; readonly glyphs: Glyphs},
): readonly {readonly text: string; readonly tone: 'plain' | 'accent'}[] {
  const width = textWidth(size);
  // On the smallest screens the rows need the room more.
  const isRoomy = size.rows >= ROWS_FOR_HEADLINE || results.place === 'table';
  // It speaks of all rows: under a filter that has to be said.
  const scope = results.filters.length > 0 ? 'All rows: ' : '';
  const headline = isRoomy ? headlineLine(results, width - scope.length, glyphs) : undefined;
  const filters = filtersLine(results, width, glyphs);
  return [
    ...(headline === undefined ? [] : [{text: scope + headline, tone: 'plain'} as const]),
    ...(filters === undefined ? [] : [{text: filters, tone: 'accent'} as const]),
  ];
}

/** Below it, what is said around the table makes way for its rows. */
const ROWS_FOR_HEADLINE = 12;

/** However much there is to say: the row under the cursor, and what is next to it. */
const LEAST_ROWS = 2;

/** What stands around the table, as far as it leaves room for two rows: what can wait for the next key goes first. */
export function linesAround(results: ResultsState, sight: Sight) {
  const {message, size, glyphs} = sight;
  const {prompt, refetching} = results;
  const unasked = size.rows - FRAME_ROWS - promptHeight(prompt, size);
  const said = messageLines(message, size).slice(0, Math.max(0, unasked - LEAST_ROWS));
  let room = unasked - said.length;
  const take = (lines: number) => {
    if (lines === 0 || room - lines < LEAST_ROWS) return false;
    room -= lines;
    return true;
  };
  const above = linesAbove(results, {size, glyphs});
  const note = noteOf(results, glyphs);
  const isAboveShown = take(above.length);
  const task = taskLine(results);
  const isTaskShown = take(task === undefined ? 0 : 1);
  const isRefetchShown = take(refetching ? 1 : 0);
  const isNoteShown = take(note === undefined ? 0 : 1);
  return {
    above: isAboveShown ? above : [],
    task: isTaskShown ? task : undefined,
    refetching: isRefetchShown ? refetching : undefined,
    note: isNoteShown ? note : undefined,
    said,
    room: {width: textWidth(size), height: Math.max(1, room)},
  };
}

/** Header line, column names, position and footer. */
const FRAME_ROWS = 4;

/** The table's room: what header line, column names, position, footer and everything that is said leave over. */
export function tableRoom(results: ResultsState, sight: Sight): TableRoom {
  return linesAround(results, sight).room;
}
