import {describe, expect, test} from 'vitest';
import {widthOf} from '../../../source/view/width.ts';
import {fakeConnection} from '../../helpers/fake-connection.ts';
import {showRows} from '../../helpers/session.ts';
import {rowsOutcome} from '../detailed.ts';

/** The details of the first row. */
async function showDetails(part: Parameters<typeof showRows>[0] = {}) {
  const session = await showRows({connection: fakeConnection(async () => rowsOutcome()), ...part});
  session.type('\r');
  await session.terminal.shows('field 1 of');
  return session;
}

const clipboard = (text: string) => `\x1b]52;c;${Buffer.from(text).toString('base64')}\x07`;

describe('literally', () => {
  test('80x24', async () => {
    const {terminal} = await showDetails();
    expect(`\n${terminal.screen}\n`).toMatchInlineSnapshot(`
      "
       row 1 of 4 · 2026-11-16 · completions · field 1 of 25
       ❯ date            2026-11-16
         start_time      1794787200 (2026-11-16 00:00 UTC)
         endpoint_type   completions
         input_tokens    1,204,511
         api_key_id      key_1
         api_key_name    prod-gateway
         project_id      proj_1
         project_name    Search
         model           gpt-5.4
         user_id         user-1
         user_email      ada@lumen.example

       API key
         name            prod-gateway
         redacted value  sk-proj-****eYBb
         created         2026-03-01 09:12 UTC
         last used       never
         owner           Ada Lovelace
         owner kind      user
         owner e-mail    ada@lumen.example

       Project
       → next row  y copy  Esc back  ? help
      "
    `);
  });

  test('80x24, the end', async () => {
    const {terminal, type} = await showDetails();
    type('G');
    await terminal.shows('field 25 of 25');
    expect(`\n${terminal.screen}\n`).toMatchInlineSnapshot(`
      "
       row 1 of 4 · 2026-11-16 · completions · field 25 of 25

       API key
         name            prod-gateway
         redacted value  sk-proj-****eYBb
         created         2026-03-01 09:12 UTC
         last used       never
         owner           Ada Lovelace
         owner kind      user
         owner e-mail    ada@lumen.example

       Project
         name            Search
         state           active

       User
         name            Ada Lovelace
         e-mail          ada@lumen.example

       Empty
         amount
         currency
       ❯ line_item
       → next row  y copy  Esc back  ? help
      "
    `);
  });

  test('40x10, ASCII', async () => {
    const {terminal, type} = await showRows({
      connection: fakeConnection(async () => rowsOutcome()),
      columns: 40,
      rows: 10,
      ascii: true,
    });
    type('\r');
    await terminal.shows('> date');
    type('\x1b[6~');
    await terminal.shows('> project_id');
    type('y');
    await terminal.shows('set-clipboard on');
    expect(`\n${terminal.screen}\n`).toMatchInlineSnapshot(`
      "
       row 1 of 4 - 2026-11-16 - completio...
       > project_id      proj_1
         project_name    Search
         model           gpt-5.4
         user_id         user-1
         user_email      ada@lumen.example

       Copied field: proj_1. Inside tmux it
       needs: set -g set-clipboard on
       Right next row  y copy  ? help
      "
    `);
  });
});

test('200x50 shows a row with all that is known, on one screen', async () => {
  const {terminal} = await showDetails({columns: 200, rows: 50});
  for (const text of ['❯ date', 'line_item', ' API key', 'last used', ' Project', ' User', 'e-mail']) {
    expect(terminal.screen).toContain(text);
  }
  expect(terminal.scrolledOff).toBe(0);
});

test('→ shows the next row, and Esc goes back to it', async () => {
  const {terminal, type} = await showDetails();
  type('\x1b[C');
  await terminal.shows('row 2 of 4 · 2026-11-16 · costs · field 1 of 26');
  expect(terminal.screen).toContain('-$1,234.5678');
  type('q');
  await terminal.shows('row 2 of 4 · column 1 of');
});

test('a field is copied by the terminal, and the screen stays as it was', async () => {
  const {terminal, type} = await showDetails();
  type('jjj');
  await terminal.shows('❯ input_tokens');
  const before = terminal.lines.slice(0, 20);
  type('y');
  await terminal.shows('Copied field: 1204511. Inside tmux it needs: set -g set-clipboard on');
  expect(terminal.output).toContain(clipboard('1204511'));
  expect(terminal.lines.slice(0, 20)).toEqual(before);
  expect(terminal.scrolledOff).toBe(0);
});

test('e asks for a path under the fields', async () => {
  const {terminal, type} = await showDetails({rows: 12});
  type('e');
  await terminal.shows('Export to: openai_usage');
  expect(terminal.lines[10]).toContain('Export to: openai_usage');
  type('x.csv\r');
  await terminal.shows('Wrote 4 rows');
});

test('a hostile name bends neither the lines nor what reaches the terminal', async () => {
  const {terminal, type} = await showDetails();
  type('\x1b[C\x1b[C\x1b[C');
  await terminal.shows('row 4 of 4');
  type('jjjj');
  await terminal.shows('❯ model');
  expect(terminal.screen).toContain('a␛[31mred␇⋅2J␍␊rm -rf ~␊␉b⋅c');
  type('y');
  await terminal.shows('Copied field');
  expect(terminal.output).toContain(clipboard('a [31mred  2J  rm -rf ~  b c'));
  expect(terminal.output).not.toContain('\x1b[31mred');
  expect(Math.max(...terminal.lines.map(widthOf))).toBeLessThanOrEqual(80);
});
