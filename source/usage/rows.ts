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

/**
 * Takes the results of buckets straight into columns, a block a day. A field nobody has seen becomes a column: a metric
 * if it is a number, JSON text if it is nested. A documented field of the wrong type is an `unreadable` ApiError: a
 * figure that can't be read must not turn into none.
 */
export class RowReader {
  readonly #endpoint: Endpoint;
  readonly #interners = new Interners();
  readonly #days = new Map<Day, BlockBuilder>();
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
    for (const field of Object.keys(result)) {
      if (DROPPED.has(field)) continue;
      const value = result[field];
      if (field === 'amount' && isRecord(value)) this.#addAmount(builder, value);
      else this.#addField(builder, OURS.has(field) ? `result_${field}` : field, value);
    }
  }

  #addAmount(builder: BlockBuilder, amount: Readonly<Record<string, unknown>>): void {
    for (const field of Object.keys(amount)) {
      if (field === 'value') this.#addField(builder, 'amount', amount[field]);
      else this.#addField(builder, field === 'currency' ? field : `amount_${field}`, amount[field]);
    }
  }

  #addField(builder: BlockBuilder, field: string, value: unknown): void {
    if (value === null || value === undefined) return;
    if (KNOWN_METRICS.has(field)) builder.number(field, this.#readMetric(field, value));
    else if (KNOWN_DIMENSIONS.has(field)) this.#addDimension(builder, field, value);
    else if (typeof value === 'number') builder.number(field, value);
    else if (typeof value === 'boolean') builder.boolean(field, value);
    else builder.text(field, typeof value === 'string' ? value : JSON.stringify(value));
  }

  /** Amounts come as numbers or as numeric strings; whatever else stands there is no figure. */
  #readMetric(field: string, value: unknown): number {
    const number = typeof value === 'string' && DECIMAL.test(value) ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number)) return number;
    throw unreadable(this.#endpoint.name, `the server sent a ${field} that is not a number`);
  }

  #addDimension(builder: BlockBuilder, field: string, value: unknown): void {
    if (BOOLEAN_FIELDS.has(field) && typeof value === 'boolean') builder.boolean(field, value);
    else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      builder.text(field, String(value));
    } else throw unreadable(this.#endpoint.name, `the server sent a ${field} that is not a text`);
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
