import {bodyHeight, type Size, textWidth} from '../layout.ts';
import type {Message, ResultsState} from './results.ts';
import {messageLines, problemLines} from './room.ts';

/** Room for the fields of a row: columns beside the pointer, and lines that message and prompt leave over. */
export function detailsRoom(
  {prompt}: ResultsState,
  {size, message}: {readonly size: Size; readonly message: Message | undefined},
): {readonly width: number; readonly height: number} {
  const problem = prompt?.kind === 'export' ? prompt.problem : undefined;
  const asked = (prompt ? 1 : 0) + (problem ? problemLines(problem, size).length : 0);
  return {
    width: textWidth(size) - 2,
    height: Math.max(1, bodyHeight(size) - messageLines(message, size).length - asked),
  };
}
