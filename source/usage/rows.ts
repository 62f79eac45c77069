import type {Bucket} from '../api/answers.ts';
import {brief} from '../api/brief.ts';
import {
  BOOLEAN_FIELDS,
  BUCKET_SECONDS,
  type BucketWidth,
  type Endpoint,
  KNOWN_DIMENSIONS,
  KNOWN_METRICS,
} from '../api/endpoints.ts';
import {type ApiError, unreadable} from '../api/errors.ts';
import {type Block, BlockBuilder, Interners} from './block.ts';
import {type Day, dayOf} from './days.ts';
import {isFigure} from './figure.ts';
import {joinBlocks} from './join.ts';

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
  readonly #bucketsPerDay: number;
  /** How the `object` of results begins that can't be this endpoint's; any other is believed, whatever it says. */
  readonly #foreign: string;
  readonly #interners = new Interners();
  /** Of each day the rows as they came, a builder a page, and how many buckets. */
  readonly #days = new Map<Day, {readonly parts: BlockBuilder[]; buckets: number}>();
  readonly #places = new Map<string, Place>();

  constructor(endpoint: Endpoint, width: BucketWidth = '1d') {
    this.#endpoint = endpoint;
    this.#foreign = endpoint.name === 'costs' ? 'organization.usage.' : 'organization.costs.';
    this.#bucketsPerDay = BUCKET_SECONDS['1d'] / BUCKET_SECONDS[width];
  }

  /** Takes the buckets of one page; all of them, or, where it throws, none. */
  add(buckets: readonly Bucket[]): void {
    const page = new Map<Day, {readonly part: BlockBuilder; buckets: number}>();
    for (const {start_time: start, results} of buckets) {
      const day = dayOf(start);
      const taken = page.get(day) ?? {part: new BlockBuilder(this.#interners), buckets: 0};
      page.set(day, taken);
      taken.buckets++;
      taken.part.expect(results.length);
      for (const result of results) this.#addResult(taken.part, start, result);
    }
    for (const [day, taken] of page) {
      const known = this.#days.get(day) ?? {parts: [], buckets: 0};
      this.#days.set(day, known);
      known.buckets += taken.buckets;
      if (taken.part.rowCount > 0) known.parts.push(taken.part);
    }
  }

  /** The rows of a day, and whether all of its buckets came: one that is not whole must be asked for again. */
  finish(day: Day): {readonly block: Block; readonly hasBucket: boolean} {
    const {parts, buckets} = this.#days.get(day) ?? {parts: [], buckets: 0};
    return {block: joinBlocks(parts.map(part => part.finish())), hasBucket: buckets >= this.#bucketsPerDay};
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
    if (role === 'metric') builder.number(column, this.#readMetric(column, value));
    else if (role === 'dimension' || (role === 'flag' && typeof value !== 'boolean'))
      this.#addDimension(builder, column, value);
    else if (role === 'dropped') this.#checkKind(field, value);
    else if (typeof value === 'number') this.#addNumber(builder, column, value);
    else if (typeof value === 'boolean') builder.boolean(column, value);
    else builder.text(column, typeof value === 'string' ? value : this.#nested(field, value));
  }

  /** An answer of costs to a question for usage, or the other way round, has figures that are not this endpoint's. */
  #checkKind(field: string, value: unknown): void {
    if (field !== 'object' || typeof value !== 'string' || !value.startsWith(this.#foreign)) return;
    const sent = this.#endpoint.name === 'costs' ? 'usage' : 'costs';
    throw unreadable(this.#endpoint.name, `the server sent results of ${sent} instead of this endpoint's`);
  }

  /** A year has some million values, but thirty fields: what a field is, is looked up once. */
  #learn(field: string): Place {
    const place = placeOf(field);
    this.#places.set(field, place);
    return place;
  }

  #nested(field: string, value: unknown): string {
    try {
      return JSON.stringify(value);
    } catch (error) {
      // JSON.parse reads deeper than JSON.stringify can write.
      if (error instanceof RangeError) throw this.#wrong(field, 'nested too deep');
      throw error;
    }
  }

  /** Amounts come as numbers or as numeric strings; whatever else stands there is no figure. */
  #readMetric(field: string, value: unknown): number {
    const number = typeof value === 'string' && DECIMAL.test(value) ? Number(value) : value;
    if (typeof number !== 'number') throw this.#wrong(field, 'not a number');
    if (isFigure(field, number)) return number;
    throw this.#wrong(field, 'too large a number');
  }

  /** Of a field that nobody knows, which may be an id: one that is too large for a figure is kept as a text. */
  #addNumber(builder: BlockBuilder, column: string, value: number): void {
    if (isFigure(column, value)) builder.number(column, value);
    else if (Number.isFinite(value)) builder.text(column, String(value));
    // 1e400 is read as Infinity: what was sent is lost.
    else throw this.#wrong(column, 'too large a number');
  }

  #addDimension(builder: BlockBuilder, field: string, value: unknown): void {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      builder.text(field, String(value));
    } else throw this.#wrong(field, 'not a text');
  }

  #wrong(field: string, how: string): ApiError {
    return unreadable(this.#endpoint.name, `${brief(field)} is ${how} in the server's answer`);
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
