import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {BucketWidth, EndpointName} from '../../source/api/endpoints.ts';
import type {Piece} from '../../source/usage/assemble.ts';
import type {Column} from '../../source/usage/block.ts';
import {dayOf} from '../../source/usage/days.ts';
import {EMPTY_DIRECTORY, nameLookup} from '../../source/usage/directory.ts';
import {pack} from '../../source/usage/pack.ts';
import {RowReader} from '../../source/usage/rows.ts';
import {assemble} from '../helpers/assemble.ts';
import {rowsOf, unpacked} from '../helpers/cells.ts';
import {endpoint} from '../helpers/chains.ts';

const start = Date.UTC(2026, 9, 1) / 1000;
const nobody = nameLookup(EMPTY_DIRECTORY);

/** A piece whose rows are these results, by the hour they begin at, counted from the start. */
function piece(name: EndpointName, byHour: Record<number, unknown[]>, width: BucketWidth = '1d'): Piece {
  const reader = new RowReader(endpoint(name));
  for (const [hour, results] of Object.entries(byHour)) {
    const from = start + 3600 * Number(hour);
    reader.add([{start_time: from, end_time: from + 3600, results}]);
  }
  const [first = 0] = Object.keys(byHour).map(Number);
  return {endpoint: name, width, block: pack(reader.finish(dayOf(start + 3600 * first)).block)};
}

const assembled = (pieces: readonly Piece[], allColumns = false) => assemble(pieces, nobody, {allColumns});
const columnsOf = (pieces: readonly Piece[], allColumns = false) =>
  assembled(pieces, allColumns).columns.map(({name}) => name);

describe('the order of rows', () => {
  test('is start_time, then the catalogue’s order, then as the API gave them', () => {
    const rows = rowsOf(
      assembled([
        piece('costs', {24: [{amount: 1}]}),
        piece('costs', {0: [{amount: 9}, {amount: 3}]}),
        piece('completions', {24: [{input_tokens: 5}]}),
        piece('embeddings', {0: [{input_tokens: 7}]}),
        piece('completions', {0: [{input_tokens: 8}, {input_tokens: 2}]}),
      ]),
    );
    expect(rows.map(row => [row['date'], row['endpoint_type'], row['input_tokens'] ?? row['amount']])).toEqual([
      ['2026-10-01', 'completions', 8],
      ['2026-10-01', 'completions', 2],
      ['2026-10-01', 'embeddings', 7],
      ['2026-10-01', 'costs', 9],
      ['2026-10-01', 'costs', 3],
      ['2026-10-02', 'completions', 5],
      ['2026-10-02', 'costs', 1],
    ]);
  });

  test('mixes hours with the daily costs, each with its own date', () => {
    const rows = rowsOf(
      assembled([
        piece('costs', {0: [{amount: 1}]}),
        piece('completions', {0: [{input_tokens: 1}], 13: [{input_tokens: 2}]}, '1h'),
      ]),
    );
    expect(rows.map(row => [row['date'], row['start_time']])).toEqual([
      ['2026-10-01T00:00Z', start],
      ['2026-10-01', start],
      ['2026-10-01T13:00Z', start + 13 * 3600],
    ]);
  });
});

test('rows of more starts than the stack has room for become a dataset', () => {
  const reader = new RowReader(endpoint('completions'), '1m');
  const buckets = Array.from({length: 200_000}, (_, quarter) => {
    const from = start + quarter / 4;
    return {start_time: from, end_time: from + 0.25, results: [{input_tokens: quarter}]};
  });
  reader.add(buckets);
  const dataset = assembled([{endpoint: 'completions', width: '1m', block: pack(reader.finish(dayOf(start)).block)}]);
  expect(dataset.rowCount).toBe(200_000);
});

describe('columns', () => {
  test('stand in the order of the document’s first sixteen, then the catalogue’s, unknown ones last by name', () => {
    const result = {
      novel: 1,
      another: 'x',
      size: '1024x1024',
      batch: true,
      num_model_requests: 1,
      user_id: 'user-a',
      model: 'm',
      output_audio_tokens: 1,
      input_audio_tokens: 1,
      input_cached_tokens: 1,
      project_id: 'proj_a',
      api_key_id: 'key_a',
      output_tokens: 1,
      input_tokens: 1,
      service_tier: 'default',
      input_text_tokens: 1,
    };
    const cost = {amount: {value: 1, currency: 'usd'}, line_item: 'x', quantity: 1, quantity_unit: 'tokens'};
    expect(columnsOf([piece('completions', {0: [result]}), piece('costs', {0: [cost]})]).join(' ')).toBe(
      'date endpoint_type input_tokens output_tokens api_key_id api_key_name project_id project_name ' +
        'input_cached_tokens input_audio_tokens output_audio_tokens model start_time user_id user_email ' +
        'num_model_requests input_text_tokens batch service_tier size amount currency line_item quantity ' +
        'quantity_unit another novel',
    );
  });

  test('that are empty in every row are left out, except the first eight', () => {
    const dataset = assembled([piece('vector_stores', {0: [{usage_bytes: 0, project_id: null}]})]);
    expect(dataset.columns.map(({name}) => name).join(' ')).toBe(
      'date endpoint_type input_tokens output_tokens api_key_id api_key_name project_id project_name start_time usage_bytes',
    );
    expect(rowsOf(dataset)).toEqual([
      {date: '2026-10-01', endpoint_type: 'vector_stores', start_time: start, usage_bytes: 0},
    ]);
  });

  test('are the first eight where there are no rows', () => {
    expect(columnsOf([])).toHaveLength(8);
    expect(assembled([]).rowCount).toBe(0);
    expect(columnsOf([piece('completions', {0: []})])).toHaveLength(8);
  });

  test('are all known ones for scripts that want a fixed header, whatever came', () => {
    const none = columnsOf([], true);
    expect(none).toEqual(expect.arrayContaining(['user_email', 'vector_store_id', 'amount', 'images', 'source']));
    expect(new Set(none).size).toBe(none.length);
    expect(columnsOf([piece('costs', {0: [{amount: 1}]})], true)).toEqual(none);
    expect(columnsOf([piece('costs', {0: [{amount: 1, novel: 1}]})], true)).toEqual([...none, 'novel']);
  });

  test('have a cell in every row', () => {
    const pieces = [piece('completions', {0: [{input_tokens: 1}]}), piece('costs', {0: [{amount: 1}]})];
    for (const column of assembled(pieces, true).columns) {
      expect(column.kind === 'number' ? column.values : column.codes, column.name).toHaveLength(2);
    }
  });

  test('that are numbers on one day and texts on another become texts', () => {
    const rows = rowsOf(
      assembled([
        piece('completions', {0: [{novel: 1}, {novel: null}]}),
        piece('completions', {24: [{novel: 'two'}]}),
        piece('completions', {48: [{novel: true}]}),
      ]),
    );
    expect(rows.map(row => row['novel'])).toEqual(['1', undefined, 'two', 'true']);
  });

  test('of booleans stay booleans over many days', () => {
    const rows = rowsOf(
      assembled([piece('completions', {0: [{batch: false}]}), piece('completions', {24: [{batch: true}]})]),
    );
    expect(rows.map(row => row['batch'])).toEqual([false, true]);
  });
});

/** The same piece as a cache gives it back: dictionaries of another order, with strings that no row uses. */
function fromCache({block, ...rest}: Piece): Piece {
  const {rowCount, columns: given} = unpacked(block);
  const columns = [...given].map(([name, column]): [string, Column] => {
    if (column.kind === 'number') return [name, column];
    const reversed = ['', 'never used', ...column.dictionary.slice(1).reverse()];
    const codes = column.codes.map(code => (code === 0 ? 0 : reversed.lastIndexOf(column.dictionary[code] ?? '')));
    return [name, {...column, codes, dictionary: reversed}];
  });
  return {...rest, block: pack({rowCount, columns: new Map(columns.reverse())})};
}

const result = fc.record(
  {
    input_tokens: fc.nat(),
    project_id: fc.constantFrom('proj_a', 'proj_b', null),
    project_name: fc.constantFrom('Search', null),
    model: fc.constantFrom('gpt-a', 'gpt-b', 'gpt-c'),
    batch: fc.boolean(),
    novel: fc.oneof(fc.nat(), fc.constantFrom('x', 'y')),
  },
  {requiredKeys: []},
);
const pieces = fc
  .uniqueArray(fc.tuple(fc.constantFrom<EndpointName>('completions', 'embeddings', 'costs'), fc.nat(5)), {
    selector: String,
    maxLength: 8,
  })
  .chain(places =>
    fc.tuple(
      ...places.map(([name, day]) =>
        fc.array(result, {maxLength: 4}).map(results => piece(name, {[24 * day]: results})),
      ),
    ),
  );

test('the dataset is the same, whatever came from the cache and in whatever order', () => {
  fc.assert(
    fc.property(
      pieces.chain(list => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, {minLength: list.length}), fc.nat())),
      ([list, shuffled, cached]) => {
        const mixed = shuffled.map((each, index) => ((cached >> index) & 1 ? fromCache(each) : each));
        expect(assembled(mixed)).toEqual(assembled(list));
      },
    ),
  );
});

test('no row is lost or doubled, and none changes', () => {
  fc.assert(
    fc.property(pieces, list => {
      const whole = assembled(list);
      expect(whole.rowCount).toBe(list.reduce((sum, {block}) => sum + block.rowCount, 0));
      const figures = rowsOf(whole).map(row => `${row['date']} ${row['endpoint_type']} ${row['input_tokens']}`);
      const given = list.flatMap(({endpoint: name, block}) =>
        rowsOf({rowCount: block.rowCount, columns: unpacked(block).columns.values()}).map(row => {
          const date = new Date(Number(row['start_time']) * 1000).toISOString().slice(0, 10);
          return `${date} ${name} ${row['input_tokens']}`;
        }),
      );
      expect(figures.sort()).toEqual(given.sort());
    }),
  );
});

test('a dataset’s start times never go back', () => {
  fc.assert(
    fc.property(pieces, list => {
      const times = rowsOf(assembled(list)).map(row => Number(row['start_time']));
      expect(times).toEqual([...times].sort((a, b) => a - b));
    }),
  );
});
