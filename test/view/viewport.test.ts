import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {ColumnSize} from '../../source/view/column-sizes.ts';
import {firstScrolling, GAP, visibleColumns} from '../../source/view/layout.ts';
import {move, START, settle, type TableAction, type TableFacts, type TableState} from '../../source/view/viewport.ts';

const text = (width: number): ColumnSize => ({width, align: 'left'});
const figure = (width: number): ColumnSize => ({width, align: 'right'});

const anyFacts: fc.Arbitrary<TableFacts> = fc.record({
  rowCount: fc.oneof(fc.nat({max: 30}), fc.integer({min: 0, max: 2 ** 31})),
  columns: fc.array(
    fc.record({width: fc.integer({min: 1, max: 50}), align: fc.constantFrom('left' as const, 'right' as const)}),
    {maxLength: 12},
  ),
  width: fc.integer({min: 1, max: 250}),
  frozen: fc.nat({max: 4}),
  height: fc.integer({min: 1, max: 60}),
});

const anyAction: fc.Arbitrary<TableAction> = fc.oneof(
  fc.constantFrom<TableAction[]>('up', 'down', 'left', 'right', 'page-up', 'page-down'),
  fc.constantFrom<TableAction[]>('first-row', 'last-row', 'first-column', 'last-column', 'next-day', 'previous-day'),
  fc.record({goTo: fc.integer({min: 0, max: 2 ** 31})}),
);

/** States as they come about: by moving in one table, and then by whatever becomes of its size. */
const anyState = fc.tuple(anyFacts, fc.array(anyAction, {maxLength: 15}), anyFacts).map(([before, actions, facts]) => ({
  facts,
  state: settle(
    actions.reduce((state, action) => move(state, action, before), START),
    facts,
  ),
}));

/** Moves through the actions, with ten rows in sight of a hundred unless told otherwise. */
function stateAfter(actions: readonly TableAction[], facts: Partial<TableFacts> = {}): TableState {
  const table = {rowCount: 100, columns: [text(10), figure(8), text(12), text(30)], width: 80, height: 10, ...facts};
  return actions.reduce((state, action) => move(state, action, table), START);
}

const laws = {numRuns: 500};

describe('in a table of any size on a screen of any size', () => {
  test('the cursor is in the table and on the screen', () => {
    fc.assert(
      fc.property(anyState, ({state, facts}) => {
        expect(state.row).toBeGreaterThanOrEqual(state.top);
        expect(state.row).toBeLessThan(state.top + facts.height);
        expect(state.row).toBeLessThan(Math.max(1, facts.rowCount));
        const shown = visibleColumns(state.left, facts).map(({column}) => column);
        if (facts.columns.length > 0) expect(shown).toContain(state.column);
      }),
      laws,
    );
  });

  test('the cursor stands on a whole column, unless that is wider than its room', () => {
    fc.assert(
      fc.property(anyState, ({state, facts}) => {
        const placed = visibleColumns(state.left, facts).find(({column}) => column === state.column);
        if (state.column < firstScrolling(facts) || state.left === state.column) return;
        expect(placed?.width).toBe(facts.columns[state.column]?.width);
      }),
      laws,
    );
  });

  test('no row of the screen stays blank while there are rows for it', () => {
    fc.assert(
      fc.property(anyState, ({state, facts}) => {
        expect(state.top).toBeGreaterThanOrEqual(0);
        expect(state.top).toBeLessThanOrEqual(Math.max(0, facts.rowCount - facts.height));
      }),
      laws,
    );
  });

  test('no column is scrolled away while there is room for it and all that follow', () => {
    fc.assert(
      fc.property(anyState, ({state, facts}) => {
        fc.pre(state.left > firstScrolling(facts));
        const last = facts.columns.length - 1;
        const lastWhole = {column: last, width: facts.columns[last]?.width};
        expect(visibleColumns(state.left - 1, facts)).not.toContainEqual(expect.objectContaining(lastWhole));
      }),
      laws,
    );
  });

  test('the columns stand side by side within the screen, the first at most half of it', () => {
    fc.assert(
      fc.property(anyState, ({state, facts}) => {
        const placed = visibleColumns(state.left, facts);
        for (const [index, {x, width}] of placed.entries()) {
          const before = placed[index - 1];
          expect(width).toBeGreaterThan(0);
          expect(x).toBe(before === undefined ? 0 : before.x + before.width + GAP);
          expect(x + width).toBeLessThanOrEqual(facts.width);
        }
        if (firstScrolling(facts) > 0) expect(placed[0]?.width).toBeLessThanOrEqual(facts.width / 2);
      }),
      laws,
    );
  });

  test('what is settled stays as it is', () => {
    fc.assert(
      fc.property(anyState, ({state, facts}) => {
        expect(settle(state, facts)).toEqual(state);
      }),
      laws,
    );
  });

  test('down and up, right and left undo one another away from the edges', () => {
    fc.assert(
      fc.property(anyState, ({state, facts}) => {
        fc.pre(state.row < facts.rowCount - 1 && state.column < facts.columns.length - 1);
        const {row, column} = move(move(state, 'down', facts), 'up', facts);
        expect({row, column}).toEqual({row: state.row, column: state.column});
        expect(move(move(state, 'right', facts), 'left', facts).column).toBe(state.column);
      }),
      laws,
    );
  });
});

describe('moving', () => {
  test('scrolls only when the cursor leaves the screen', () => {
    expect(stateAfter(Array(9).fill('down'))).toMatchObject({row: 9, top: 0});
    expect(stateAfter(Array(10).fill('down'))).toMatchObject({row: 10, top: 1});
  });

  test('by pages keeps the cursor in its place on the screen', () => {
    expect(stateAfter(['down', 'page-down'])).toMatchObject({row: 11, top: 10});
    expect(stateAfter(['down', 'page-down', 'page-up'])).toMatchObject({row: 1, top: 0});
  });

  test('by pages ends at the first and the last row', () => {
    expect(stateAfter(Array(20).fill('page-down'))).toMatchObject({row: 99, top: 90});
    expect(stateAfter(['page-up'])).toMatchObject({row: 0, top: 0});
  });

  test('to the ends shows the ends', () => {
    expect(stateAfter(['last-row', 'last-column'])).toMatchObject({row: 99, top: 90, column: 3});
    expect(stateAfter(['last-row', 'last-column', 'first-row', 'first-column'])).toEqual({
      row: 0,
      top: 0,
      column: 0,
      left: 1,
    });
  });

  test('to a row out of sight puts it in the middle, to one in sight scrolls nothing', () => {
    expect(stateAfter([{goTo: 50}])).toMatchObject({row: 50, top: 45});
    expect(stateAfter([{goTo: 50}, {goTo: 46}])).toMatchObject({row: 46, top: 45});
  });

  test('in an empty table stays where it is', () => {
    expect(stateAfter(['down', 'last-row', 'page-down', 'right'], {rowCount: 0, columns: []})).toEqual(START);
  });
});

describe('by days', () => {
  const days = {dayAt: (row: number) => Math.floor(row / 30)};

  test('the next day begins at the top of the screen', () => {
    expect(stateAfter(['down', 'next-day'], days)).toMatchObject({row: 30, top: 30});
  });

  test('the previous day is gone to from anywhere in a day', () => {
    expect(stateAfter([{goTo: 75}, 'previous-day'], days)).toMatchObject({row: 30, top: 30});
  });

  test('before the first and after the last day there is nothing', () => {
    expect(stateAfter(['down', 'previous-day'], days).row).toBe(0);
    expect(stateAfter(['last-row', 'next-day'], days)).toMatchObject({row: 99, top: 90});
  });

  test('without a date column nothing moves', () => {
    expect(stateAfter(['down', 'next-day', 'previous-day']).row).toBe(1);
  });
});

describe('the columns on the screen', () => {
  const columns = [text(10), figure(8), text(30), figure(8), text(30)];
  const shown = (left: number, width: number) =>
    visibleColumns(left, {columns, width}).map(({column, width: wide}) => [column, wide]);

  test('are the first one and those from the left edge on', () => {
    expect(shown(2, 80)).toEqual([
      [0, 10],
      [2, 30],
      [3, 8],
      [4, 26],
    ]);
  });

  test('show the frozen one once, also before anything was settled', () => {
    expect(shown(0, 24)).toEqual(shown(1, 24));
  });

  test('still make sense on a screen of 40 columns', () => {
    expect(shown(1, 40)).toEqual([
      [0, 10],
      [1, 8],
      [2, 18],
    ]);
  });

  test('never end in part of a number', () => {
    expect(shown(2, 48)).toEqual([
      [0, 10],
      [2, 30],
    ]);
  });

  test('do without the frozen one where there is room for one only', () => {
    expect(shown(0, 19)).toEqual([[0, 10]]);
    expect(shown(2, 19)).toEqual([[2, 19]]);
    expect(shown(1, 1)).toEqual([[1, 1]]);
  });
});
