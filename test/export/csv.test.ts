import fc from 'fast-check';
import Papa from 'papaparse';
import {describe, expect, test} from 'vitest';
import {type CsvOptions, csvChunks} from '../../source/export/csv.ts';
import {FORMULA, guardedWithin} from '../../source/view/formula.ts';
import {anyColumns, type Cell, datasetOf, textOf} from './tables.ts';

type Columns = Parameters<typeof datasetOf>[0];

const csv = (columns: Columns, options: CsvOptions = {}) => textOf(csvChunks(datasetOf(columns), options));
const rowsOf = (columns: Columns, write: (cell: Cell) => Cell) =>
  (columns[0]?.[1] ?? []).map((_, row) => columns.map(([, cells]) => write(cells[row])));

/** papaparse writes exponents where we write plain decimals: here, the numbers on which both agree. */
const tameColumns = anyColumns.map(columns =>
  columns.map(
    ([name, cells]) =>
      [name, cells.map(cell => (/e/.test(String(cell)) && typeof cell === 'number' ? 0.5 : cell))] as const,
  ),
);

describe('a CSV file', () => {
  test('is a header and a line for each row', () => {
    const text = csv([
      ['date', ['2026-10-01', '2026-10-02']],
      ['input_tokens', [1204511, undefined]],
      ['batch', [true, undefined]],
      ['project_name', [undefined, 'Search, "new"']],
    ]);
    expect(text).toBe(
      'date,input_tokens,batch,project_name\n2026-10-01,1204511,true,\n2026-10-02,,,"Search, ""new"""\n',
    );
  });

  test('without rows is its header', () => {
    expect(
      csv([
        ['date', []],
        ['model', []],
      ]),
    ).toBe('date,model\n');
  });

  test('for Excel begins with a byte-order mark and ends its lines with CRLF', () => {
    expect(csv([['model', ['a', 'b']]], {excel: true})).toBe('\ufeffmodel\r\na\r\nb\r\n');
  });

  test('is what papaparse makes of the same rows, whatever they hold and however they are cut into chunks', () => {
    fc.assert(
      fc.property(
        tameColumns,
        fc.boolean(),
        fc.boolean(),
        fc.integer({min: 1, max: 5}),
        (columns, excel, guard, chunkRows) => {
          const newline = excel ? '\r\n' : '\n';
          const within = (cell: Cell) => (guard && typeof cell === 'string' ? guardedWithin(cell) : cell);
          const expected = Papa.unparse([columns.map(([name]) => within(name)), ...rowsOf(columns, within)], {
            newline,
            ...(guard ? {escapeFormulae: FORMULA, quotes: (text: unknown) => /[;\t|]/.test(String(text ?? ''))} : {}),
          });
          const written = csv(columns, {excel, formulaGuard: guard, chunkRows});
          expect(written).toBe((excel ? '\ufeff' : '') + expected + newline);
        },
      ),
    );
  });

  test('gives every value back to a parser, exactly', () => {
    fc.assert(
      fc.property(anyColumns, columns => {
        const [header, ...rows] = Papa.parse<string[]>(csv(columns, {formulaGuard: false}).slice(0, -1), {
          delimiter: ',',
          newline: '\n',
        }).data;
        // papaparse takes a byte-order mark at the very beginning for its own, quoted or not.
        fc.pre(!columns[0]?.[0].startsWith('\ufeff'));
        expect(header).toEqual(columns.map(([name]) => name));
        const written = rowsOf(columns, cell => cell);
        const read = rows.map((row, at) =>
          row.map((field, index) => (typeof written[at]?.[index] === 'number' ? Number(field) + 0 : field)),
        );
        expect(read).toEqual(rowsOf(columns, cell => (typeof cell === 'number' ? cell + 0 : String(cell ?? ''))));
      }),
    );
  });

  test('holds integers to 2^53 digit by digit, and neither exponents nor a negative zero', () => {
    const values = [2 ** 53, -(2 ** 53) + 1, 1e21, 1e-7, -1.5e-9, -0];
    expect(
      csv([['quantity', values]])
        .split('\n')
        .slice(1, -1),
    ).toEqual(['9007199254740992', '-9007199254740991', '1000000000000000000000', '0.0000001', '-0.0000000015', '0']);
  });

  test('says how many rows are through, each time the next chunk is asked for', () => {
    const seen: number[] = [];
    csv([['model', ['a', 'b', 'c', 'd', 'e']]], {chunkRows: 2, onRows: rows => seen.push(rows)});
    expect(seen).toEqual([2, 4, 5]);
  });
});

describe('the formula guard', () => {
  test.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '|calc',
    '\tx',
    '\rx',
    '  =1',
    '\u00a0=1',
    '\0=1',
    '\u200b=1',
    '\u202e=1',
    '\ufeff=1',
    '\u3164=1',
    '＝1',
    '＋1',
    '－1',
    '＠A()',
    "'=1",
  ])('disarms %j in a text column', text => {
    const [, row] = Papa.parse<string[]>(csv([['name', [text]]]), {newline: '\n', delimiter: ','}).data;
    expect(row).toEqual([`'${text}`]);
  });

  test('keeps in quotes what would begin a cell where semicolons or tabs part them too', () => {
    expect(csv([['name', ['a;1+1', 'a\t1+1', 'a|b']]])).toBe('name\n"a;1+1"\n"a\t1+1"\n"a|b"\n');
  });

  test.each([
    ['a;=1+1', "a;'=1+1"],
    ['a; \0"=1+1;-2', "a;' \0\"=1+1;'-2"],
    ['a\t=1+1', "a\t'=1+1"],
    ['a|＝1', "a|'＝1"],
    ['a\r\n=1', "a\r\n'=1"],
    ["a;'=1", "a;''=1"],
    ['\n=cmd\nsecond line', "'\n'=cmd\nsecond line"],
    ['a;b-c', 'a;b-c'],
    ['a,=1', 'a,=1'],
  ])('disarms within %j what another separator would let begin a cell', (text, guarded) => {
    const [, row] = Papa.parse<string[]>(csv([['name', [text]]]), {newline: '\n', delimiter: ','}).data;
    expect(row).toEqual([guarded]);
  });

  const texts = fc
    .array(fc.constantFrom("'", '=', '+', ' ', '\0', '\u200b', '＝', 'a', '"', ',', ';', '\n', '\r', '\t', '|'), {
      minLength: 1,
    })
    .map(parts => parts.join(''));

  test('lets no formula begin a cell, whatever parts cells and whether quotes are seen', () => {
    fc.assert(
      fc.property(texts, texts, fc.constantFrom(',', ';', '\t', '|'), (heading, text, delimiter) => {
        const written = csv([
          ['date', ['2026-10-01', '2026-10-02']],
          [heading, [text, 'x']],
          ['amount', [1, 2]],
        ]);
        const cells = Papa.parse<string[]>(written, {newline: '\n', delimiter}).data.flat();
        expect(cells.filter(cell => /^[\s\0\u200b]*[=+\-@|＝]/.test(cell))).toEqual([]);
        if (delimiter === ',') return;
        // Quotes mean nothing to a reader who meets them within a cell.
        const pieces = written.split(/[\r\n]/).flatMap(line => line.split(delimiter));
        expect(pieces.filter(piece => /^["\s\0\u200b]*[=+\-@|＝]/.test(piece))).toEqual([]);
      }),
      {numRuns: 2000},
    );
  });

  test('reads a text with a million ends of lines once, not a million times', () => {
    const text = '\n'.repeat(1_000_000);
    expect(guardedWithin(text)).toBe(text);
  });

  test('is undone, exactly, by taking one apostrophe from whatever fits its patterns', () => {
    const within = /(?<=[;\t|\r\n])'(?=(?:(?![\t\r\n])[\s'"\p{Cc}\p{Cf}])*[=+\-@|＝])/gu;
    fc.assert(
      fc.property(texts, text => {
        const [, row] = Papa.parse<string[]>(csv([['name', [text]]]).slice(0, -1), {
          newline: '\n',
          delimiter: ',',
        }).data;
        const field = row?.[0] ?? '';
        expect((FORMULA.test(field) ? field.slice(1) : field).replace(within, '')).toBe(text);
      }),
    );
  });

  test('leaves negative numbers alone', () => {
    expect(csv([['amount', [-12.5]]])).toBe('amount\n-12.5\n');
  });

  test('disarms the names of columns too, since unknown ones come from outside', () => {
    expect(csv([['=evil()', [1]]])).toBe(`"'=evil()"\n1\n`);
  });

  test('leaves text as it is when switched off', () => {
    expect(csv([['name', ['=1+1']]], {formulaGuard: false})).toBe('name\n=1+1\n');
  });
});
