import {describe, expect, test} from 'vitest';
import type {SavedColumns} from '../../../source/view/column-choice.ts';
import {DEFAULT_COLUMNS} from '../../../source/view/column-choice.ts';
import {fakeConnection} from '../../helpers/fake-connection.ts';
import {showRows} from '../../helpers/session.ts';
import {rowsOutcome} from '../detailed.ts';

/** A choice of columns that outlives the session, as the disk keeps it. */
function keeper(loaded?: SavedColumns) {
  const saved: SavedColumns[] = [];
  return {
    saved,
    columnChoice: {
      load: async () => loaded,
      async save(choice: SavedColumns) {
        saved.push(choice);
      },
    },
  };
}

const connection = () => fakeConnection(async () => rowsOutcome());

async function showColumns(part: Parameters<typeof showRows>[0] = {}) {
  const session = await showRows({connection: connection(), ...part});
  session.type('o');
  await session.terminal.shows('Columns');
  return session;
}

describe('literally', () => {
  test('80x24', async () => {
    const {terminal} = await showColumns();
    expect(`\n${terminal.screen}\n`).toMatchInlineSnapshot(`
      "
       Columns · 11 of 14 shown
       ❯ [✓] date           width 10  text     frozen
         [✓] start_time     width 10  number
         [✓] endpoint_type  width 13  text
         [✓] input_tokens   width 12  number   usage
         [ ] api_key_id     hidden: its name stands beside it
         [✓] api_key_name   width 12  text
         [ ] project_id     hidden: its name stands beside it
         [✓] project_name   width 12  text
         [✓] model          width 28  text
         [ ] user_id        hidden: its name stands beside it
         [✓] user_email     width 17  text
         [✓] amount         width 11  number   cost
         [✓] currency       width  8  text     cost
         [✓] line_item      width 14  text     cost








       Enter done  Space show or hide  - move left  + right  ? help  q quit
      "
    `);
  });

  test('200x50', async () => {
    const {terminal} = await showColumns({columns: 200, rows: 50});
    expect(`${terminal.lines.slice(0, 8).join('\n')}\n…\n${terminal.lines.at(-1)}`).toMatchInlineSnapshot(`
      " Columns · 11 of 14 shown
       ❯ [✓] date           width 10  text     frozen
         [✓] start_time     width 10  number
         [✓] endpoint_type  width 13  text
         [✓] input_tokens   width 12  number   usage
         [ ] api_key_id     hidden: its name stands beside it
         [✓] api_key_name   width 12  text
         [ ] project_id     hidden: its name stands beside it
      …
       Enter done  Space show or hide  - move left  + right  ← narrower  → wider  ? help  q quit"
    `);
  });

  test('40x10, narrowed, ASCII', async () => {
    const {terminal, type} = await showColumns({columns: 40, rows: 10, ascii: true});
    type('/name');
    await terminal.shows('with "name": 2');
    await terminal.shows('Narrow to: name|');
    expect(`\n${terminal.screen}\n`).toMatchInlineSnapshot(`
      "
       Columns - with "name": 2
       > [x] api_key_name   12
         [x] project_name   12





       Narrow to: name|
       Enter accept  Esc leave
      "
    `);
  });
});

test('what is chosen shows in the table at once', async () => {
  const {terminal, type} = await showColumns();
  type('jj ');
  await terminal.shows('[ ] endpoint_type');
  type('\r');
  await terminal.shows('row 1 of');
  expect(terminal.screen).not.toContain('endpoint_type');
});

test('/ narrows, Enter keeps the list, Esc brings all back', async () => {
  const {terminal, type} = await showColumns();
  type('/tok');
  await terminal.until(screen => screen.includes('with "tok": 1') && !screen.includes('model'));
  type('\r');
  await terminal.until(screen => screen.includes('with "tok": 1') && !screen.includes('Narrow to'));
  type('/');
  await terminal.shows('Narrow to: tok');
  type('zz');
  await terminal.shows('None with "tokzz" in it.');
  type('\x1b');
  await terminal.until(screen => screen.includes('] model') && !screen.includes('with "'));
});

describe('the choice is remembered', () => {
  test('when the chooser closes, and not before', async () => {
    const {saved, columnChoice} = keeper();
    const {terminal, type, ended} = await showColumns({columnChoice});
    type('jj f');
    await terminal.shows('frozen');
    await terminal.shows('[ ] endpoint_type');
    expect(saved).toEqual([]);
    type('\r');
    await terminal.shows('row 1 of');
    type('q');
    await ended;
    expect(saved).toEqual([{...DEFAULT_COLUMNS, hidden: ['endpoint_type'], frozen: ['date', 'endpoint_type']}]);
  });

  test('when the session is left in the middle of choosing', async () => {
    const {saved, columnChoice} = keeper();
    const {terminal, type, ended} = await showRows({columnChoice});
    type('oj ');
    await terminal.shows('[ ] endpoint_type');
    type('q');
    await ended;
    expect(saved).toEqual([{...DEFAULT_COLUMNS, hidden: ['endpoint_type']}]);
  });

  test('not by a session that never opened the chooser, nor by one that only looked', async () => {
    const {saved, columnChoice} = keeper({...DEFAULT_COLUMNS, hidden: ['model']});
    const {terminal, type, ended} = await showRows({connection: connection(), columnChoice});
    await terminal.until(screen => !screen.includes('model'));
    type('jly');
    await terminal.shows('Copied');
    type('ojj\r');
    await terminal.shows('row 2 of');
    type('q');
    await ended;
    expect(saved).toEqual([]);
  });

  test('with the columns of other datasets in it', async () => {
    const elsewhere = {
      hidden: ['images'],
      shown: ['vector_store_id'],
      order: ['seconds', 'model', 'images'],
      widths: {seconds: 9, ['__proto__']: 6},
      frozen: ['date', 'seconds'],
    };
    const {saved, columnChoice} = keeper(elsewhere);
    const {terminal, type, ended} = await showColumns({columnChoice});
    type('jj -\r');
    await terminal.shows('row 1 of');
    type('q');
    await ended;
    const [last] = saved.slice(-1);
    expect(last?.hidden).toContain('images');
    expect(last?.shown).toContain('vector_store_id');
    expect(last?.order.filter(name => ['seconds', 'images'].includes(name))).toEqual(['seconds', 'images']);
    expect(last?.widths).toEqual(elsewhere.widths);
    expect(last?.frozen).toEqual(elsewhere.frozen);
  });
});
