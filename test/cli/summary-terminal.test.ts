import {describe, expect, test} from 'vitest';
import {sharedFolder} from '../helpers/program.ts';
import {hasPty, Pty} from '../terminal/pty.ts';
import {october} from './summaries.ts';

// Fetched by the first, and there for the second.
const folder = sharedFolder();

describe.skipIf(!hasPty)('a summary on a terminal', () => {
  test.each([80, 44])('is a table no wider than its %i columns, and leaves nothing of the progress', async columns => {
    const argv = ['summary', '--demo', ...october, '--by', 'model', '--compare'];
    const pty = new Pty(argv, {folder, columns, rows: 40});
    expect(await pty.exit).toBe(0);
    const lines = pty.screen.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^Cost [+-]\d+ %/);
    expect(lines.at(-2)).toMatch(/^total +\$[\d,.]+/);
    expect(lines.at(-1)).toMatch(/^unaccounted +\$[\d,.]+/);
    const table = lines.slice(lines.findIndex(line => line.startsWith('model ')));
    for (const line of table.slice(1)) expect(line).toMatch(/\$[\d,.]+ .*(%|new|gone)$/);
    expect(pty.screen).not.toContain('endpoints ·');
  });
});
