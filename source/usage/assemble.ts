import {type BucketWidth, ENDPOINTS, KNOWN_METRICS} from '../api/endpoints.ts';
import {type Column, Interner, type NumberColumn, type TextColumn} from './block.ts';
import {chooseColumns} from './columns.ts';
import type {Dataset} from './dataset.ts';
import {bucketLabel} from './days.ts';
import type {NameLookup} from './directory.ts';
import {enrich} from './enrich.ts';
import {constantOf, copyCodes, copyNumbers, type PackedBlock} from './packed.ts';

/** The rows of one endpoint and day, and where they belong. */
export type Piece = {readonly endpoint: string; readonly width: BucketWidth; readonly block: PackedBlock};

/** Rows of one piece that share a bucket: what stays together when rows are put in order. */
type Segment = {piece: Piece; rank: number; start: number; from: number; to: number; at: number};

/**
 * One dataset out of many pieces. Rows stand in the order of start_time, then endpoint in catalogue order, then as the
 * API gave them, and dictionaries in the order of rows: the same bytes, whatever came from the cache. No row object is
 * ever made: columns are copied run by run into arrays of their final size.
 */
export function assemble(pieces: readonly Piece[], names: NameLookup, options: {allColumns: boolean}): Dataset {
  const segments = inOrder(pieces.flatMap(segmentsOf));
  let rowCount = 0;
  for (const segment of segments) {
    segment.at = rowCount;
    rowCount += segment.to - segment.from;
  }
  const columns = new Map<string, Column>();
  columns.set(
    'date',
    labels('date', segments, rowCount, ({start, piece}) => bucketLabel(start, piece.width)),
  );
  columns.set(
    'endpoint_type',
    labels('endpoint_type', segments, rowCount, ({piece}) => piece.endpoint),
  );
  for (const [name, kind] of kindsOf(pieces)) {
    columns.set(name, kind === 'number' ? numbers(name, segments, rowCount) : texts(name, kind, segments, rowCount));
  }
  enrich(columns, names);
  // Blocks have no column without a value, so that none of these need be searched for one.
  const chosen = chooseColumns(new Set(columns.keys()), options.allColumns);
  return {rowCount, columns: chosen.map(name => columns.get(name) ?? emptyColumn(name, rowCount))};
}

function segmentsOf(piece: Piece): Segment[] {
  const {block, endpoint} = piece;
  const column = block.columns.get('start_time');
  if (block.rowCount === 0 || column?.kind !== 'number') return [];
  const rank = ENDPOINTS.findIndex(({name}) => name === endpoint);
  const start = constantOf(block.bytes, column);
  if (start !== undefined) return [{piece, rank, start, from: 0, to: block.rowCount, at: 0}];
  const starts = new Float64Array(block.rowCount);
  copyNumbers(block, column, {from: 0, to: block.rowCount}, starts, 0);
  const segments: Segment[] = [];
  for (let from = 0; from < block.rowCount; ) {
    const start = starts[from] ?? 0;
    let to = from + 1;
    while (to < block.rowCount && starts[to] === start) to++;
    segments.push({piece, rank, start, from, to, at: 0});
    from = to;
  }
  return segments;
}

function inOrder(segments: Segment[]): Segment[] {
  return segments.sort((a, b) => a.start - b.start || a.rank - b.rank);
}

/** The kind of every column; one that is a number here and a text there becomes text, so that nothing is lost. */
function kindsOf(pieces: readonly Piece[]): Map<string, Column['kind']> {
  const kinds = new Map<string, Column['kind']>();
  for (const {block} of pieces) {
    for (const {name, kind} of block.columns.values()) {
      const known = kinds.get(name);
      kinds.set(name, known === undefined || known === kind ? kind : 'text');
    }
  }
  return kinds;
}

function labels(
  name: string,
  segments: readonly Segment[],
  rowCount: number,
  label: (segment: Segment) => string,
): TextColumn {
  const interner = new Interner();
  const codes = new Uint32Array(rowCount);
  for (const segment of segments) {
    codes.fill(interner.codeOf(label(segment)), segment.at, segment.at + segment.to - segment.from);
  }
  return {kind: 'text', name, codes, dictionary: interner.dictionary};
}

function numbers(name: string, segments: readonly Segment[], rowCount: number): NumberColumn {
  const values = new Float64Array(rowCount).fill(Number.NaN);
  for (const segment of segments) {
    const {block} = segment.piece;
    const column = block.columns.get(name);
    // Filling only the gaps takes a quarter longer: a million rows have as many gaps as days and endpoints.
    if (column?.kind === 'number') copyNumbers(block, column, segment, values, segment.at);
  }
  return {kind: 'number', name, values};
}

function texts(name: string, kind: TextColumn['kind'], segments: readonly Segment[], rowCount: number): TextColumn {
  const interner = new Interner();
  const codes = new Uint32Array(rowCount);
  const remaps = new Map<readonly string[], Uint32Array>();
  for (const segment of segments) {
    const {block} = segment.piece;
    const column = block.columns.get(name);
    if (column === undefined) continue;
    const {from, to, at} = segment;
    const end = at + to - from;
    if (column.kind === 'number') {
      const values = new Float64Array(to - from);
      copyNumbers(block, column, segment, values, 0);
      values.forEach((value, row) => {
        if (!Number.isNaN(value)) codes[at + row] = interner.codeOf(String(value));
      });
      continue;
    }
    const remap = remaps.get(column.dictionary) ?? new Uint32Array(column.dictionary.length);
    remaps.set(column.dictionary, remap);
    copyCodes(block, column, segment, codes, at);
    for (let row = at; row < end; row++) {
      const code = codes[row] ?? 0;
      if (code !== 0) codes[row] = remap[code] ||= interner.codeOf(column.dictionary[code] ?? '');
    }
  }
  return {kind, name, codes, dictionary: interner.dictionary};
}

function emptyColumn(name: string, rowCount: number): Column {
  if (KNOWN_METRICS.has(name)) return {kind: 'number', name, values: new Float64Array(rowCount).fill(Number.NaN)};
  return {kind: 'text', name, codes: new Uint32Array(rowCount), dictionary: ['']};
}
