import type {Component} from './catalogue.ts';
import type {Stream} from './streams.ts';

/** A line of the bill: what of a stream it counts, the unit it is counted in, and millionths of a dollar per unit. */
export type Line = {
  readonly item: string;
  readonly unit: string | null;
  readonly counts: readonly Component[];
  /** Components per unit: a gibibyte-hour is many bytes. */
  readonly per: number;
  readonly price: number;
};

/**
 * Dollars per million tokens, which is the same as millionths of a dollar per token: input, output, and cached input
 * where the bill has a line for it. A line for every model would fill a third of the bill with pennies.
 */
const tokenPrices: Readonly<Record<string, readonly [input: number, output: number, cached?: number]>> = {
  'gpt-5.4': [2.5, 15, 0.25],
  'gpt-5.4-mini': [0.75, 4.5],
  'gpt-5.4-nano': [0.2, 1.25],
  'gpt-5.3-codex': [1.75, 14, 0.175],
  'gpt-4.1-mini': [0.4, 1.6],
  'o4-mini': [1.1, 4.4],
  'gpt-audio-1.5': [32, 64],
  'gpt-realtime-mini': [10, 20],
};

const unitPrices: Readonly<Record<string, readonly [unit: string, price: number]>> = {
  'text-embedding-3-large': ['tokens', 0.13],
  'text-embedding-3-small': ['tokens', 0.02],
  'gpt-image-1.5': ['images', 34_000],
  'gpt-image-1-mini': ['images', 11_000],
  'gpt-4o-mini-tts': ['characters', 12],
  'tts-1-hd': ['characters', 30],
  'gpt-4o-transcribe': ['duration_seconds', 100],
  'gpt-4o-mini-transcribe': ['duration_seconds', 50],
};

const bytesPerGibibyteHour = 2 ** 30 / 24;

/** The lines of the bill that a stream causes; none for what is free, as moderations are. */
export function linesOf(stream: Stream): readonly Line[] {
  const model = typeof stream.dimensions.model === 'string' ? stream.dimensions.model : '';
  switch (stream.endpoint) {
    case 'completions': {
      const [input, output, cached] = tokenPrices[model] ?? [1, 4];
      const {batch, service_tier: tier} = stream.dimensions;
      const rate = batch === true || tier === 'flex' ? 0.5 : tier === 'priority' ? 2 : 1;
      const line = (item: string, price: number, counts: readonly Component[]): Line => ({
        item: `${model}, ${item}`,
        unit: 'tokens',
        counts,
        per: 1,
        price: price * rate,
      });
      const sent = line('input', input, ['text', 'cacheWrite', 'audio', 'image']);
      const received = line('output', output, ['outText', 'outAudio', 'outImage']);
      return cached === undefined
        ? [sent, received]
        : [sent, line('cached input', cached, ['cachedText', 'cachedAudio', 'cachedImage']), received];
    }
    case 'vector_stores':
      return [
        {
          item: 'vector store storage',
          unit: 'gibibyte_hours',
          counts: ['units'],
          per: bytesPerGibibyteHour,
          price: 4200,
        },
      ];
    case 'code_interpreter_sessions':
      return [{item: 'code interpreter sessions', unit: null, counts: ['requests'], per: 1, price: 30_000}];
    case 'file_search_calls':
      return [{item: 'file search tool calls', unit: null, counts: ['requests'], per: 1, price: 2500}];
    case 'web_search_calls':
      return [{item: 'web search tool calls', unit: null, counts: ['units'], per: 1, price: 10_000}];
    default: {
      const priced = unitPrices[model];
      return priced === undefined ? [] : [{item: model, unit: priced[0], counts: ['units'], per: 1, price: priced[1]}];
    }
  }
}
