import type {Bucket} from '../api/answers.ts';
import {BOOLEAN_FIELDS, type Endpoint, KNOWN_DIMENSIONS, KNOWN_METRICS} from '../api/endpoints.ts';
import {unreadable} from '../api/errors.ts';
import {type Block, BlockBuilder, EMPTY_BLOCK, Interners} from './block.ts';
import {type Day, dayOf} from './days.ts';

/** Fields of a result that say what the row's place says already. */
const DROPPED = new Set(['object', 'end_time']);

/** Number() alone would also take '', ' ' and '0x10' for figures. */
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Columns of our own: a field of that name keeps its values under another. */
const OURS = new Set(['date', 'endpoint_type', 'start_time']);

/** Where the values of a field go, and what they are taken for. */
type Place = {readonly column: string; readonly role: 'dropped' | 'metric' | 'dimension' | 'flag' | 'unknown'};

/**
 * Takes the results of buckets straight into columns, a block a day. A field nobody has seen becomes a column: a metric
 * if it is a number, JSON text if it is nested. A documented field of the wrong type is an `unreadable` ApiError: a
 * figure that can't be read must not turn into none.
 */
export class RowReader {
  readonly #endpoint: Endpoint;
  readonly #interners = new Interners();
  readonly #days = new Map<Day, BlockBuilder>();
  readonly #places = new Map<string, Place>();
  rowCount = 0;

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint;
  }

  add(buckets: readonly Bucket[]): void {
    for (const {start_time: start, results} of buckets) {
      const day = dayOf(start);
      let builder = this.#days.get(day);
      if (builder === undefined) {
        builder = new BlockBuilder(this.#interners);
        this.#days.set(day, builder);
      }
      for (const result of results) this.#addResult(builder, start, result);
      this.rowCount += results.length;
    }
  }

  /** The rows of a day, and whether a bucket came for it at all. */
  finish(day: Day): {readonly block: Block; readonly hasBucket: boolean} {
    const builder = this.#days.get(day);
    if (builder === undefined) return {block: EMPTY_BLOCK, hasBucket: false};
    return {block: builder.rowCount === 0 ? EMPTY_BLOCK : builder.finish(), hasBucket: true};
  }

  #addResult(builder: BlockBuilder, start: number, result: unknown): void {
    if (!isRecord(result)) throw unreadable(this.#endpoint.name, 'the server sent a result that is not an object');
    builder.startRow();
    builder.number('start_time', start);
    // Parsed JSON has no inherited fields; Object.keys would make an array for every row, a sixth of the whole time.
    for (const field in result) {
      const value = result[field];
      if (field === 'amount' && isRecord(value)) this.#addAmount(builder, value);
      else this.#addField(builder, field, value);
    }
  }

  #addAmount(builder: BlockBuilder, amount: Readonly<Record<string, unknown>>): void {
    for (const field of Object.keys(amount)) {
      const name = field === 'value' ? 'amount' : field === 'currency' ? field : `amount_${field}`;
      this.#addField(builder, name, amount[field]);
    }
  }

  #addField(builder: BlockBuilder, field: string, value: unknown): void {
    if (value === null || value === undefined) return;
    const {column, role} = this.#places.get(field) ?? this.#learn(field);
    if (role === 'metric') builder.number(column, this.#readMetric(field, value));
    else if (role === 'dimension' || (role === 'flag' && typeof value !== 'boolean'))
      this.#addDimension(builder, column, value);
    else if (role === 'dropped') return;
    else if (typeof value === 'number') builder.number(column, value);
    else if (typeof value === 'boolean') builder.boolean(column, value);
    else builder.text(column, typeof value === 'string' ? value : JSON.stringify(value));
  }

  /** A year has some million values, but thirty fields: what a field is, is looked up once. */
  #learn(field: string): Place {
    const place = placeOf(field);
    this.#places.set(field, place);
    return place;
  }

  /** Amounts come as numbers or as numeric strings; whatever else stands there is no figure. */
  #readMetric(field: string, value: unknown): number {
    const number = typeof value === 'string' && DECIMAL.test(value) ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number)) return number;
    throw unreadable(this.#endpoint.name, `the server sent a ${field} that is not a number`);
  }

  #addDimension(builder: BlockBuilder, field: string, value: unknown): void {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      builder.text(field, String(value));
    } else throw unreadable(this.#endpoint.name, `the server sent a ${field} that is not a text`);
  }
}

function placeOf(field: string): Place {
  if (DROPPED.has(field)) return {column: field, role: 'dropped'};
  const column = OURS.has(field) ? `result_${field}` : field;
  if (KNOWN_METRICS.has(column)) return {column, role: 'metric'};
  if (BOOLEAN_FIELDS.has(column)) return {column, role: 'flag'};
  return {column, role: KNOWN_DIMENSIONS.has(column) ? 'dimension' : 'unknown'};
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
