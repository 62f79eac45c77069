const lines = 40_000;

/** A file whose every line says which version it is, in forty pieces. */
export function* versionOf(version: number): Iterable<string> {
  const line = `${String(version).padStart(8, '0')}\n`;
  for (let piece = 0; piece < 40; piece++) yield line.repeat(lines / 40);
}

/** Which version a file is; undefined where it is none as a whole. */
export function wholeVersion(text: string): number | undefined {
  const version = Number.parseInt(text, 10);
  return [...versionOf(version)].join('') === text ? version : undefined;
}
