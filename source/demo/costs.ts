import {components, type Endpoint} from './catalogue.ts';
import {addPart, figuresOf} from './figures.ts';
import {groupsOf, passes} from './groups.ts';
import {linesOf} from './prices.ts';
import {unit} from './random.ts';
import type {Dimensions, Stream} from './streams.ts';
import type {Books, Question, Reader} from './usage.ts';

type Entry = {
  readonly dimensions: Dimensions;
  readonly unit: string | null;
  /** The part of `entries` that one stream causes shares its figures. */
  readonly stream: Stream | undefined;
  readonly counts: readonly number[];
  readonly per: number;
  readonly price: number;
};

const million = 1_000_000;

/**
 * Costs follow from the day's usage and a price list, plus one credit a month that belongs to no project. Amounts are
 * summed in whole millionths of a dollar, so that no grouping loses a cent to rounding.
 */
export function costsReader(books: Books, endpoint: Endpoint, {groupBy, filters}: Question): Reader {
  const {seed} = books.organization;
  const entries = entriesOf(books).filter(entry => passes(entry.dimensions, filters));
  const groups = groupsOf(entries, endpoint.dimensions, groupBy);
  const byItem = groupBy.includes('line_item');
  const spent = new Float64Array(groups.values.length);
  const counted = new Float64Array(groups.values.length);
  const isUsed = new Uint8Array(groups.values.length);
  const units: (string | null)[] = groups.values.map(() => null);
  for (const [at, entry] of entries.entries()) units[groups.of[at] ?? 0] = entry.unit;
  const figures = new Float64Array(components.length);
  return part => {
    for (const cleared of [spent, counted, isUsed]) cleared.fill(0);
    let current: Stream | undefined;
    let isActive = false;
    for (const [at, entry] of entries.entries()) {
      const group = groups.of[at] ?? 0;
      if (entry.stream === undefined) {
        if (new Date(part.day * 86_400_000).getUTCDate() !== 1 || part.from > 0) continue;
        spent[group] = (spent[group] ?? 0) - creditOf(seed, part.day);
        isUsed[group] = 1;
        continue;
      }
      if (entry.stream !== current) {
        current = entry.stream;
        figures.fill(0);
        const whole = figuresOf(seed, current, part.day);
        isActive = whole !== undefined && addPart(figures, 0, whole, seed, current, part);
      }
      let quantity = 0;
      for (const component of entry.counts) quantity += figures[component] ?? 0;
      if (!isActive || quantity === 0) continue;
      counted[group] = (counted[group] ?? 0) + quantity / entry.per;
      spent[group] = (spent[group] ?? 0) + Math.round((quantity / entry.per) * entry.price);
      isUsed[group] = 1;
    }
    const results: string[] = [];
    for (const [group, values] of groups.values.entries()) {
      if (isUsed[group] === 0) continue;
      const dollars = (spent[group] ?? 0) / million;
      const result = {
        object: endpoint.object,
        amount: {value: isSpelled(values.line_item) ? dollars.toFixed(12) : dollars, currency: 'usd'},
        ...values,
        // The document gives a quantity only to results grouped by line item.
        quantity: byItem && !isCredit(values.line_item) ? (counted[group] ?? 0) : null,
        quantity_unit: byItem ? (units[group] ?? null) : null,
      };
      results.push(JSON.stringify(result));
    }
    return results;
  };
}

const credit = 'promotional credit';
const isCredit = (item: unknown): boolean => item === credit;

/** The API sends some amounts as numeric strings; here it is those of cached input. */
const isSpelled = (item: unknown): boolean => typeof item === 'string' && item.endsWith(', cached input');

const creditOf = (seed: number, day: number): number => (150 + Math.floor(unit(seed, day, 4) * 200)) * million;

function entriesOf(books: Books): Entry[] {
  const entries = books.streams.flatMap(stream =>
    linesOf(stream).map(({item, unit: quantityUnit, counts, per, price}) => ({
      dimensions: {
        project_id: stream.dimensions.project_id ?? null,
        line_item: item,
        // Tokens are billed to the key, media and tools to the project.
        api_key_id: stream.endpoint === 'completions' ? (stream.dimensions.api_key_id ?? null) : null,
      },
      unit: quantityUnit,
      stream,
      counts: counts.map(each => components.indexOf(each)),
      per,
      price,
    })),
  );
  const dimensions = {project_id: null, line_item: credit, api_key_id: null};
  return [...entries, {dimensions, unit: null, stream: undefined, counts: [], per: 1, price: 0}];
}
