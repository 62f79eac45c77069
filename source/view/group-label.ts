import {printableName} from './printable.ts';

/** What stands before an id that nobody could name; behind a long one a screen would cut it off. */
export const NAMELESS = '(no name) ';

/** How a group is called where people read it. Files have the bare id, as their rows have. */
export function groupLabel({label, isNameless}: {readonly label: string; readonly isNameless: boolean}): string {
  return `${isNameless ? NAMELESS : ''}${printableName(label)}`;
}
