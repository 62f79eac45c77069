/** How far two clocks are apart (milliseconds): `7 min`, `14 h`, `3 days`. */
function apart(milliseconds: number): string {
  const minutes = Math.round(Math.abs(milliseconds) / 60_000);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}

/** `this computer's clock is 14 h behind the server's` */
export function clockDifference(ahead: number): string {
  return `this computer's clock is ${apart(ahead)} ${ahead > 0 ? 'ahead of' : 'behind'} the server's`;
}
