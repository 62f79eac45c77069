import fc from 'fast-check';
import {describe, expect, test, vi} from 'vitest';
import type {EndpointName} from '../../source/api/endpoints.ts';
import type {Block} from '../../source/usage/block.ts';
import {dayOf} from '../../source/usage/days.ts';
import {RowReader} from '../../source/usage/rows.ts';
import {rowsOf} from '../helpers/cells.ts';
import {endpoint} from '../helpers/chains.ts';

const start = Date.UTC(2026, 9, 1) / 1000;
const day = dayOf(start);

function read(results: unknown[], name: EndpointName = 'completions'): Block {
  const reader = new RowReader(endpoint(name));
  reader.add([{start_time: start, end_time: start + 86_400, results}]);
  return reader.finish(day).block;
}

/** The rows that results become, as they would come over the wire, without their start. */
function rows(results: unknown[], name?: EndpointName): Record<string, unknown>[] {
  const overTheWire: unknown[] = JSON.parse(JSON.stringify(results));
  return rowsOf({rowCount: results.length, columns: read(overTheWire, name).columns.values()}).map(row => {
    const {start_time: its, ...cells} = row;
    expect(its).toBe(start);
    return cells;
  });
}

const kindOf = (block: Block, name: string) => block.columns.get(name)?.kind;

describe('a documented result', () => {
  test('becomes a row with its bucket’s start, without object and end_time', () => {
    const result = {object: 'organization.usage.completions.result', input_tokens: 12, model: 'gpt-5.4', batch: false};
    expect(rows([{...result, end_time: 1}])).toEqual([{input_tokens: 12, model: 'gpt-5.4', batch: false}]);
  });

  test('keeps zero, and shows nothing for null and for what is missing', () => {
    expect(rows([{input_tokens: 0, output_tokens: null, model: null}, {output_tokens: 5}])).toEqual([
      {input_tokens: 0},
      {output_tokens: 5},
    ]);
  });

  test('has no column for what is absent in every row', () => {
    expect([...read([{input_tokens: null, model: null}]).columns.keys()]).toEqual(['start_time']);
  });

  test('keeps an empty text apart from a missing one', () => {
    expect(rows([{model: ''}, {model: null}, {model: 'm'}])).toEqual([{model: ''}, {}, {model: 'm'}]);
  });

  test('keeps batch true and false as booleans', () => {
    const block = read([{batch: true}, {batch: null}, {batch: false}]);
    expect(kindOf(block, 'batch')).toBe('boolean');
    expect(rows([{batch: true}, {batch: null}, {batch: false}])).toEqual([{batch: true}, {}, {batch: false}]);
  });

  test('keeps every integer to 2^53', () => {
    const figures = [2 ** 53, 2 ** 53 - 1, -(2 ** 53), 2 ** 31, 2 ** 32 + 1];
    expect(rows(figures.map(input_tokens => ({input_tokens})))).toEqual(figures.map(input_tokens => ({input_tokens})));
  });

  test('keeps the images’ own source', () => {
    expect(rows([{source: 'image.generation', size: '1024x1024', images: 3}], 'images')).toEqual([
      {source: 'image.generation', size: '1024x1024', images: 3},
    ]);
  });
});

describe('an amount', () => {
  test.each([
    [
      {value: 1.25, currency: 'usd'},
      {amount: 1.25, currency: 'usd'},
    ],
    [
      {value: '0.000000123400', currency: 'usd'},
      {amount: 0.0000001234, currency: 'usd'},
    ],
    [
      {value: '-250.5', currency: 'eur'},
      {amount: -250.5, currency: 'eur'},
    ],
    [{value: '1e-7'}, {amount: 1e-7}],
    [{value: 0, currency: null}, {amount: 0}],
    [{value: null, currency: 'usd'}, {currency: 'usd'}],
    [{currency: 'usd'}, {currency: 'usd'}],
    [
      {value: 1, currency: 'usd', tax: 0.2},
      {amount: 1, currency: 'usd', amount_tax: 0.2},
    ],
    [2.5, {amount: 2.5}],
    [null, {}],
  ])('of %j is %j', (amount, cells) => {
    expect(rows([{amount}], 'costs')).toEqual([cells]);
  });
});

describe('a figure that cannot be read', () => {
  test.each<[EndpointName, Record<string, unknown>]>([
    ['completions', {input_tokens: 'many'}],
    ['completions', {input_tokens: ''}],
    ['completions', {input_tokens: ' '}],
    ['completions', {input_tokens: true}],
    ['completions', {input_tokens: [12]}],
    ['completions', {input_tokens: {value: 12}}],
    ['costs', {amount: {value: '1,5'}}],
    ['costs', {amount: {value: '$12'}}],
    ['costs', {amount: {value: [1]}}],
    ['costs', {amount: [1]}],
    ['costs', {amount: {value: '0x10'}}],
  ])('is an error of %s, never nothing: %j', (name, result) => {
    const [field] = Object.keys(result);
    expect(() => read([result], name)).toThrow(new RegExp(`^${name}: ${field} is not a number in the server's answer`));
  });

  test.each<[EndpointName, Record<string, unknown>]>([
    ['completions', {input_tokens: 1e21}],
    ['completions', {input_tokens: -1e308}],
    ['completions', {input_tokens: '1e999'}],
    ['completions', {input_tokens: Number.POSITIVE_INFINITY}],
    ['costs', {quantity: 1e21}],
    ['costs', {amount: {value: 1.001e15}}],
    ['costs', {amount: {value: '-1.7e308'}}],
    ['costs', {amount: 1e300}],
    // What 1e400 is read as.
    ['completions', {novel: Number.NEGATIVE_INFINITY}],
  ])('since nothing is so much is an error of %s: %j', (name, result) => {
    const [field] = Object.keys(result);
    expect(() => read([result], name)).toThrow(
      new RegExp(`^${name}: ${field} is too large a number in the server's answer`),
    );
  });

  test('ends where figures end', () => {
    expect(rows([{amount: {value: 1e15}}, {amount: {value: '-1e15'}}], 'costs')).toEqual([
      {amount: 1e15},
      {amount: -1e15},
    ]);
    expect(rows([{input_tokens: 2 ** 69, novel: -(2 ** 69)}])).toEqual([{input_tokens: 2 ** 69, novel: -(2 ** 69)}]);
  });

  test.each([null, 7, 'text', ['list']])('is a result that is no object: %j', result => {
    expect(() => read([result])).toThrow(/^completions: the server sent a result that is not an object/);
  });

  test('is an id that is nested', () => {
    expect(() => read([{project_id: {id: 'proj_a'}}])).toThrow(/project_id is not a text/);
  });
});

describe('a field that nobody has seen', () => {
  test.each([
    ['a metric if it is a number', 7, 7, 'number'],
    ['a text', 'eu', 'eu', 'text'],
    ['a boolean', true, true, 'boolean'],
    ['JSON text if it is nested', {deep: [1, null]}, '{"deep":[1,null]}', 'text'],
    ['JSON text if it is a list', [1, 'a'], '[1,"a"]', 'text'],
  ])('is %s', (_, value, cell, kind) => {
    expect(rows([{novel: value}])).toEqual([{novel: cell}]);
    expect(kindOf(read([{novel: value}]), 'novel')).toBe(kind);
  });

  test.each([
    [
      [1, 'two', true, {three: 3}],
      ['1', 'two', 'true', '{"three":3}'],
    ],
    [
      ['two', 1],
      ['two', '1'],
    ],
    [
      [true, 1, false],
      ['true', '1', 'false'],
    ],
    [
      [1, true],
      ['1', 'true'],
    ],
    [
      [true, 'a'],
      ['true', 'a'],
    ],
    [
      [7, 1e21, -1e308],
      ['7', '1e+21', '-1e+308'],
    ],
    [
      [0, null, 0.5, 'a'],
      ['0', undefined, '0.5', 'a'],
    ],
  ])('becomes text where it is of many kinds, so that nothing is lost: %j', (values, texts) => {
    const block = read(values.map(novel => ({novel})));
    expect(kindOf(block, 'novel')).toBe('text');
    expect(rows(values.map(novel => ({novel}))).map(row => row['novel'])).toEqual(texts);
  });

  test('stays out of the way of our own columns', () => {
    const result = {date: '2026', start_time: 5, endpoint_type: 'x'};
    expect(rows([result])).toEqual([{result_date: '2026', result_start_time: 5, result_endpoint_type: 'x'}]);
  });

  test('may be called like something every object has', () => {
    const result: unknown = JSON.parse(
      '{"__proto__": 1, "constructor": "c", "toString": true, "hasOwnProperty": null}',
    );
    const block = read([result]);
    expect([...block.columns.keys()]).toEqual(['start_time', '__proto__', 'constructor', 'toString']);
    expect(block.columns.get('__proto__')).toMatchObject({kind: 'number', values: Float64Array.of(1)});
  });

  test('may carry the name of an id', () => {
    expect(rows([{project_id: 'proj_a', project_name: 'Search'}])).toEqual([
      {project_id: 'proj_a', project_name: 'Search'},
    ]);
  });

  test('may come late and only once', () => {
    expect(rows([{}, {}, {novel: 1}, {}])).toEqual([{}, {}, {novel: 1}, {}]);
    expect(rows([{}, {}, {novel: 'x'}, {}])).toEqual([{}, {}, {novel: 'x'}, {}]);
  });
});

describe('the object of a result', () => {
  test.each<[EndpointName, string, string]>([
    ['completions', 'organization.costs.result', 'costs'],
    ['vector_stores', 'organization.costs.result', 'costs'],
    ['costs', 'organization.usage.completions.result', 'usage'],
  ])('is an error of %s where it is %s', (name, object, sent) => {
    const results = [{project_id: 'proj_a'}, {object, project_id: 'proj_a'}];
    expect(() => read(results, name)).toThrow(new RegExp(`^${name}: the server sent results of ${sent} instead`));
  });

  // Some servers are careless with it, and OpenAI's says file_searches where the endpoint is file_search_calls.
  test.each<[EndpointName, unknown]>([
    ['costs', 'organization.costs.result'],
    ['file_search_calls', 'organization.usage.file_searches.result'],
    ['completions', 'usage'],
    ['costs', ''],
    ['costs', null],
    ['costs', 7],
  ])('of %s may be %j', (name, object) => {
    expect(rows([{object, project_id: 'proj_a'}], name)).toEqual([{project_id: 'proj_a'}]);
  });
});

describe('a page that cannot be read', () => {
  const page = (...tokens: unknown[]) =>
    tokens.map((input_tokens, index) => ({
      start_time: start + index * 3600,
      end_time: start + (index + 1) * 3600,
      results: [{input_tokens}],
    }));

  test('leaves nothing behind: it can be asked for again', () => {
    const reader = new RowReader(endpoint('completions'), '1h');
    expect(() => reader.add(page(1, 2, 'three'))).toThrow(/input_tokens is not a number/);
    reader.add(page(1, 2, 3));
    expect(reader.finish(day).block.rowCount).toBe(3);
  });

  test('because it is nested deeper than it can be written is an error of its endpoint', () => {
    const nested = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`);
    const reader = new RowReader(endpoint('images'));
    const buckets = [{start_time: start, end_time: start + 86_400, results: [{novelty: nested}]}];
    expect(() => reader.add(buckets)).toThrow(/^images: novelty is nested too deep/);
  });
});

describe('buckets', () => {
  test.each([
    ['1d', 1],
    ['1h', 24],
  ] as const)('of %s: a day is whole with %i of them, and not with one less', (width, count) => {
    const reader = new RowReader(endpoint('completions'), width);
    for (let number = 0; number < count; number++) {
      expect(reader.finish(day).hasBucket).toBe(false);
      const at = start + number * 3600;
      reader.add([{start_time: at, end_time: at + 3600, results: []}]);
    }
    expect(reader.finish(day).hasBucket).toBe(true);
  });

  test('of many pages and hours make one block a day', () => {
    const reader = new RowReader(endpoint('completions'));
    const bucket = (at: number, ...tokens: number[]) => ({
      start_time: at,
      end_time: at + 3600,
      results: tokens.map(input_tokens => ({input_tokens})),
    });
    reader.add([bucket(start, 1, 2), bucket(start + 3600, 3)]);
    reader.add([bucket(start + 23 * 3600, 4), bucket(start + 24 * 3600, 5)]);
    const {block} = reader.finish(day);
    expect(rowsOf({rowCount: block.rowCount, columns: block.columns.values()})).toEqual([
      {start_time: start, input_tokens: 1},
      {start_time: start, input_tokens: 2},
      {start_time: start + 3600, input_tokens: 3},
      {start_time: start + 23 * 3600, input_tokens: 4},
    ]);
    expect(reader.finish(day + 1).block.rowCount).toBe(1);
  });

  test('of minutes are not copied anew for each that comes', () => {
    const typedArray: Float64Array = Object.getPrototypeOf(Float64Array.prototype);
    const copying = vi.spyOn(typedArray, 'set');
    const buckets = Array.from({length: 1440}, (_, minute) => ({
      start_time: start + minute * 60,
      end_time: start + (minute + 1) * 60,
      results: Array.from({length: 10}, () => ({input_tokens: minute})),
    }));
    const reader = new RowReader(endpoint('completions'), '1m');
    reader.add(buckets);
    const copied = copying.mock.calls.reduce((sum, [cells]) => sum + cells.length, 0);
    copying.mockRestore();
    expect(reader.finish(day).block.rowCount).toBe(14_400);
    // Of two columns; each growth doubles, so that all copies together are about as long as the last.
    expect(copied).toBeLessThan(2 * 2 * 14_400);
  });

  test('tell a day without usage from a day of which nothing was said', () => {
    const reader = new RowReader(endpoint('completions'));
    reader.add([{start_time: start, end_time: start + 86_400, results: []}]);
    expect(reader.finish(day)).toMatchObject({hasBucket: true, block: {rowCount: 0}});
    expect(reader.finish(day + 1)).toMatchObject({hasBucket: false, block: {rowCount: 0}});
  });
});

test('whatever an unknown field holds, each row says what was sent', () => {
  const scalar = fc.oneof(
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.double({noNaN: true, noDefaultInfinity: true}),
  );
  const value = fc.oneof(scalar, fc.array(scalar, {maxLength: 3}));
  fc.assert(
    fc.property(fc.array(fc.dictionary(fc.constantFrom('a', '__proto__', 'x y'), value), {maxLength: 6}), results => {
      const block = read(results);
      for (const [row, result] of results.entries()) {
        for (const [field, sent] of Object.entries(result)) {
          const cells = block.columns.get(field);
          const cell = cells === undefined ? undefined : rowsOf({rowCount: results.length, columns: [cells]})[row];
          const shown = cell && Object.entries(cell)[0]?.[1];
          if (sent === null) expect(shown).toBeUndefined();
          else expect(String(shown)).toBe(Array.isArray(sent) ? JSON.stringify(sent) : String(sent));
        }
      }
    }),
  );
});
