/**
 * A name from outside as it may stand in a sentence, which would lose its end behind one of a million characters. More
 * than `most` of them do not help to know it again.
 */
export function brief(name: string, most = 60): string {
  if (name.length <= most) return name;
  // Half of a pair is no character.
  return `${name.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
