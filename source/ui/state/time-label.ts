/** The last moment that JavaScript knows by date, in Unix seconds. */
const LAST_SECOND = 8.64e12;

/** A moment in Unix seconds as `2026-03-01 09:12 UTC`; undefined where the number stands for none. */
export function timeLabel(unixSeconds: number): string | undefined {
  if (!(Math.abs(unixSeconds) <= LAST_SECOND)) return undefined;
  return `${new Date(unixSeconds * 1000).toISOString().slice(0, -8).replace('T', ' ')} UTC`;
}
