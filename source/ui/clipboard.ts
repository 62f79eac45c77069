/**
 * What makes a terminal put a text on the clipboard of the machine it runs on (OSC 52), also at the other end of an SSH
 * connection.
 */
export function clipboardSequence(text: string): string {
  return `\x1b]52;c;${Buffer.from(text).toString('base64')}\x07`;
}
