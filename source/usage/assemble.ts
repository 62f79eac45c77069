import {type BucketWidth, ENDPOINTS, KNOWN_METRICS} from '../api/endpoints.ts';
import {type Column, Interner, type NumberColumn, type TextColumn} from './block.ts';
import {chooseColumns} from './columns.ts';
import type {Dataset} from './dataset.ts';
import {bucketLabel} from './days.ts';
import type {NameLookup} from './directory.ts';
import {enriching} from './enrich.ts';
import {constantOf, copyCodes, copyNumbers, type PackedBlock} from './packed.ts';
import type {Steps} from './turns.ts';

/** The rows of one endpoint and day, and where they belong. */
export type Piece = {readonly endpoint: string; readonly width: BucketWidth; readonly block: PackedBlock};

/** Rows of one piece that share a bucket: what stays together when rows are put in order. */
type Segment = {piece: Piece; rank: number; start: number; from: number; to: number; at: number};

/** Segments that stand one after another, and the rows they become: what is copied of a column without a pause. */
type Part = {readonly segments: readonly Segment[]; readonly from: number; readonly to: number};

/** Rows of a part, unless a day has more: they take less than a millisecond of a column. */
const PART = 32_768;

/**
 * One dataset out of many pieces. Rows stand in the order of start_time, then endpoint in catalogue order, then as the
 * API gave them, and dictionaries in the order of rows: the same bytes, whatever came from the cache. No row object is
 * ever made: columns are copied run by run into arrays of their final size; with pauses,
 * since a million rows take a third of a second.
 */
export function* assembling(
  pieces: readonly Piece[],
  names: NameLookup,
  options: {allColumns: boolean},
): Steps<Dataset> {
  const segments: Segment[] = [];
  for (const piece of pieces) {
    // Not as arguments of one push: there may be more than the stack has room for.
    for (const segment of segmentsOf(piece)) segments.push(segment);
    yield;
  }
  const {parts, rowCount} = partsOf(inOrder(segments));
  const columns = new Map<string, Column>();
  columns.set('date', yield* labels('date', parts, rowCount, ({start, piece}) => bucketLabel(start, piece.width)));
  columns.set('endpoint_type', yield* labels('endpoint_type', parts, rowCount, ({piece}) => piece.endpoint));
  for (const [name, kind] of kindsOf(pieces)) {
    const copying = kind === 'number' ? numbers(name, parts, rowCount) : texts(name, kind, parts, rowCount);
    columns.set(name, yield* copying);
  }
  yield* enriching(columns, names);
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

/** Gives the segments their places. */
function partsOf(segments: readonly Segment[]): {parts: Part[]; rowCount: number} {
  const parts: Part[] = [];
  let rowCount = 0;
  let first = 0;
  let from = 0;
  segments.forEach((segment, index) => {
    segment.at = rowCount;
    rowCount += segment.to - segment.from;
    if (rowCount - from < PART && index + 1 < segments.length) return;
    parts.push({segments: segments.slice(first, index + 1), from, to: rowCount});
    first = index + 1;
    from = rowCount;
  });
  return {parts, rowCount};
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

function* labels(
  name: string,
  parts: readonly Part[],
  rowCount: number,
  label: (segment: Segment) => string,
): Steps<TextColumn> {
  const interner = new Interner();
  const codes = new Uint32Array(rowCount);
  for (const {segments} of parts) {
    for (const segment of segments) {
      codes.fill(interner.codeOf(label(segment)), segment.at, segment.at + segment.to - segment.from);
    }
    yield;
  }
  return {kind: 'text', name, codes, dictionary: interner.dictionary};
}

function* numbers(name: string, parts: readonly Part[], rowCount: number): Steps<NumberColumn> {
  const values = new Float64Array(rowCount);
  for (const part of parts) {
    fillNumbers(name, part, values);
    yield;
  }
  return {kind: 'number', name, values};
}

function fillNumbers(name: string, {segments, from, to}: Part, values: Float64Array): void {
  // Filling only the gaps takes a quarter longer: a million rows have as many gaps as days and endpoints.
  values.fill(Number.NaN, from, to);
  for (const segment of segments) {
    const {block} = segment.piece;
    const column = block.columns.get(name);
    if (column?.kind === 'number') copyNumbers(block, column, segment, values, segment.at);
  }
}

function* texts(name: string, kind: TextColumn['kind'], parts: readonly Part[], rowCount: number): Steps<TextColumn> {
  const interner = new Interner();
  const codes = new Uint32Array(rowCount);
  const remaps: Remaps = new Map();
  for (const {segments} of parts) {
    for (const segment of segments) fillCodes(name, segment, codes, {interner, remaps});
    yield;
  }
  return {kind, name, codes, dictionary: interner.dictionary};
}

/** By dictionary and code of a block: the code in the dataset; 0 where it has none yet. */
type Remaps = Map<readonly string[], Uint32Array>;

function fillCodes(
  name: string,
  segment: Segment,
  codes: Uint32Array,
  {interner, remaps}: {interner: Interner; remaps: Remaps},
): void {
  const {from, to, at} = segment;
  const {block} = segment.piece;
  const column = block.columns.get(name);
  if (column === undefined) return;
  if (column.kind === 'number') {
    const values = new Float64Array(to - from);
    copyNumbers(block, column, segment, values, 0);
    values.forEach((value, row) => {
      if (!Number.isNaN(value)) codes[at + row] = interner.codeOf(String(value));
    });
    return;
  }
  const remap = remaps.get(column.dictionary) ?? new Uint32Array(column.dictionary.length);
  remaps.set(column.dictionary, remap);
  copyCodes(block, column, segment, codes, at);
  const end = at + to - from;
  for (let row = at; row < end; row++) {
    const code = codes[row] ?? 0;
    if (code !== 0) codes[row] = remap[code] ||= interner.codeOf(column.dictionary[code] ?? '');
  }
}

function emptyColumn(name: string, rowCount: number): Column {
  if (KNOWN_METRICS.has(name)) return {kind: 'number', name, values: new Float64Array(rowCount).fill(Number.NaN)};
  return {kind: 'text', name, codes: new Uint32Array(rowCount), dictionary: ['']};
}
