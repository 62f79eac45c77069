/** A place on the screen, from 0. After the last column was written, no one knows where the cursor is. */
export type Place = {readonly row: number; readonly column: number} | undefined;

/**
 * The shortest sequence that brings the cursor somewhere. Nothing in it depends on modes that somebody else may have
 * set, nor scrolls: line feeds are left out, because the line discipline turns them into two bytes and a column. NEL is
 * left out as well: some emulators (pyte) forget its carriage return.
 */
export function move(from: Place, row: number, column: number): string {
  const absolute = row === 0 && column === 0 ? '\x1b[H' : `\x1b[${row + 1}${column === 0 ? '' : `;${column + 1}`}H`;
  if (from === undefined) return absolute;
  return shorter(absolute, verticalBy(row - from.row) + horizontal(from.column, column));
}

/** Up (RI) or down (IND): never beyond the screen, where they would scroll, because both ends are on it. */
function verticalBy(down: number): string {
  if (down === 0) return '';
  const count = Math.abs(down);
  const single = down > 0 ? '\x1bD' : '\x1bM';
  return shorter(
    `\x1b[${count === 1 ? '' : count}${down > 0 ? 'B' : 'A'}`,
    count < 4 ? single.repeat(count) : undefined,
  );
}

function horizontal(from: number, to: number): string {
  const right = to - from;
  if (right === 0) return '';
  if (right > 0) return `\x1b[${right === 1 ? '' : right}C`;
  if (to === 0) return '\r';
  const back = shorter(`\x1b[${right === -1 ? '' : -right}D`, right > -5 ? '\b'.repeat(-right) : undefined);
  return shorter(back, `\r\x1b[${to === 1 ? '' : to}C`);
}

function shorter(one: string, other: string | undefined): string {
  return other !== undefined && other.length < one.length ? other : one;
}
