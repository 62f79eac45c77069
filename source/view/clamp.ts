/** The value, or the bound that it is beyond; `least` wins where the two cross, as they do in an empty table. */
export function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
