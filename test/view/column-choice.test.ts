import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Dataset} from '../../source/usage/dataset.ts';
import {
  chosenColumns,
  DEFAULT_COLUMNS,
  freezeColumn,
  isShown,
  moveColumn,
  orderedNames,
  resizeColumn,
  type SavedColumns,
  toggleColumn,
} from '../../source/view/column-choice.ts';

const some = [
  'date',
  'input_tokens',
  'api_key_id',
  'api_key_name',
  'user_id',
  'model',
  'a',
  'b',
  '__proto__',
  'constructor',
];

function withColumns(names: readonly string[]): Dataset {
  return {rowCount: 0, columns: names.map(name => ({kind: 'number', name, values: new Float64Array()}))};
}

const shownNames = (dataset: Dataset, saved: SavedColumns) =>
  chosenColumns(dataset, saved).shown.columns.map(({name}) => name);

const names = fc.array(fc.constantFrom(...some, 'elsewhere', 'not here'), {maxLength: 6});
const datasets = fc.uniqueArray(fc.constantFrom(...some), {minLength: 1}).map(withColumns);
const choices: fc.Arbitrary<SavedColumns> = fc.record({
  hidden: names,
  shown: names,
  order: names,
  widths: fc.constant({}),
  frozen: names,
});
/** A dataset, a choice that any other dataset may have left, and one of the columns. */
const cases = fc
  .tuple(datasets, choices)
  .chain(([dataset, saved]) =>
    fc.tuple(fc.constant(dataset), fc.constant(saved), fc.constantFrom(...dataset.columns.map(({name}) => name))),
  );

describe('whatever was chosen', () => {
  test('every column is listed once, and at least one is shown', () => {
    fc.assert(
      fc.property(datasets, choices, (dataset, saved) => {
        expect([...orderedNames(dataset, saved)].sort()).toEqual(dataset.columns.map(({name}) => name).sort());
        expect(shownNames(dataset, saved).length).toBeGreaterThan(0);
      }),
    );
  });

  test('the frozen columns are the first', () => {
    fc.assert(
      fc.property(datasets, choices, (dataset, saved) => {
        const {shown, frozen} = chosenColumns(dataset, saved);
        const isFrozen = shown.columns.map(({name}) => saved.frozen.includes(name));
        expect(isFrozen).toEqual(isFrozen.map((_, index) => index < frozen));
      }),
    );
  });
});

describe('showing and hiding', () => {
  test('turns one column over and no other', () => {
    fc.assert(
      fc.property(cases, ([dataset, saved, name]) => {
        const toggled = toggleColumn(dataset, saved, name);
        for (const column of dataset.columns) {
          const isTurned = column.name === name && toggled !== saved;
          expect(isShown(column.name, toggled, dataset)).toBe(isShown(column.name, saved, dataset) !== isTurned);
        }
      }),
    );
  });

  test('twice gives the same columns', () => {
    fc.assert(
      fc.property(cases, ([dataset, saved, name]) => {
        fc.pre(dataset.columns.some(column => isShown(column.name, saved, dataset)));
        const twice = toggleColumn(dataset, toggleColumn(dataset, saved, name), name);
        expect(shownNames(dataset, twice)).toEqual(shownNames(dataset, saved));
      }),
    );
  });

  test('never hides the last one', () => {
    fc.assert(
      fc.property(datasets, dataset => {
        const hideAll = (saved: SavedColumns, name: string) =>
          isShown(name, saved, dataset) ? toggleColumn(dataset, saved, name) : saved;
        const left = dataset.columns.map(({name}) => name).reduce(hideAll, DEFAULT_COLUMNS);
        expect(dataset.columns.filter(({name}) => isShown(name, left, dataset))).toHaveLength(1);
      }),
    );
  });

  test('brings an id beside its name into sight, and away again', () => {
    const dataset = withColumns(['date', 'api_key_id', 'api_key_name']);
    const shown = toggleColumn(dataset, DEFAULT_COLUMNS, 'api_key_id');
    expect(shownNames(dataset, shown)).toEqual(['date', 'api_key_id', 'api_key_name']);
    expect(shownNames(dataset, toggleColumn(dataset, shown, 'api_key_id'))).toEqual(['date', 'api_key_name']);
  });
});

describe('moving', () => {
  test('there and back is the identity', () => {
    fc.assert(
      fc.property(cases, fc.constantFrom<1 | -1>(1, -1), ([dataset, saved, name], step) => {
        const moved = moveColumn(dataset, saved, name, step);
        fc.pre(moved !== saved);
        const back = moveColumn(dataset, moved, name, step === 1 ? -1 : 1);
        expect(orderedNames(dataset, back)).toEqual(orderedNames(dataset, saved));
      }),
    );
  });

  test('changes places with the next one', () => {
    const dataset = withColumns(['date', 'a', 'b', 'model']);
    expect(orderedNames(dataset, moveColumn(dataset, DEFAULT_COLUMNS, 'a', 1))).toEqual(['date', 'b', 'a', 'model']);
  });

  test('a frozen column stays among the frozen, the others behind them', () => {
    const dataset = withColumns(['date', 'a', 'b']);
    expect(moveColumn(dataset, DEFAULT_COLUMNS, 'date', 1)).toBe(DEFAULT_COLUMNS);
    expect(moveColumn(dataset, DEFAULT_COLUMNS, 'a', -1)).toBe(DEFAULT_COLUMNS);
    const two = freezeColumn(DEFAULT_COLUMNS, 'b');
    expect(orderedNames(dataset, moveColumn(dataset, two, 'b', -1))).toEqual(['b', 'date', 'a']);
  });

  test('leaves the columns of other datasets where they were', () => {
    const saved = {...DEFAULT_COLUMNS, order: ['b', 'elsewhere', 'a']};
    expect(moveColumn(withColumns(['a', 'b']), saved, 'b', 1).order).toEqual(['a', 'elsewhere', 'b']);
  });
});

describe('freezing', () => {
  test('brings a column to the front, and back to its place', () => {
    const dataset = withColumns(['date', 'a', 'b']);
    const frozen = freezeColumn(DEFAULT_COLUMNS, 'b');
    expect(orderedNames(dataset, frozen)).toEqual(['date', 'b', 'a']);
    expect(orderedNames(dataset, freezeColumn(frozen, 'b'))).toEqual(['date', 'a', 'b']);
  });
});

test.each(some)('a width for %s is its own, in what is written to disk too', name => {
  const {widths} = resizeColumn(DEFAULT_COLUMNS, name, 14);
  expect(Object.entries(JSON.parse(JSON.stringify(widths)))).toEqual([[name, 14]]);
});
