/** Widths of a time bucket, as the API names them. Costs know only `1d`. */
export const BUCKET_WIDTHS = ['1d', '1h', '1m'] as const;
export type BucketWidth = (typeof BUCKET_WIDTHS)[number];

/** Seconds in a bucket. */
export const BUCKET_SECONDS: Readonly<Record<BucketWidth, number>> = {'1d': 86_400, '1h': 3600, '1m': 60};

/** Filters that the server applies; not every endpoint knows every one. */
export type FilterName = 'project_ids' | 'user_ids' | 'api_key_ids' | 'models';

/**
 * One thing that can be fetched: a usage endpoint or costs.
 * `metrics` and `dimensions` list the result's fields in the order of OpenAI's API document (2026-08).
 */
export type Endpoint = {
  readonly name: EndpointName;
  /** Below the base URL, without a leading slash. */
  readonly path: string;
  /** Everything the endpoint can group by; anything else is answered with a 400. */
  readonly groupings: readonly string[];
  readonly metrics: readonly string[];
  readonly dimensions: readonly string[];
  readonly filters: readonly FilterName[];
  /** Most buckets in one page, by width; a width that is absent is not known to the endpoint. */
  readonly pageLimits: {readonly '1d': number; readonly '1h'?: number; readonly '1m'?: number};
};

export type EndpointName =
  | 'completions'
  | 'embeddings'
  | 'moderations'
  | 'images'
  | 'audio_speeches'
  | 'audio_transcriptions'
  | 'vector_stores'
  | 'code_interpreter_sessions'
  | 'file_search_calls'
  | 'web_search_calls'
  | 'costs';

const usageLimits = {'1d': 31, '1h': 168, '1m': 1440} as const;
const who = ['project_id', 'user_id', 'api_key_id'] as const;
const whoAndModel = [...who, 'model'] as const;
const filterByWho = ['project_ids', 'user_ids', 'api_key_ids'] as const;
const filterByWhoAndModel = [...filterByWho, 'models'] as const;

type UsageFields = Pick<Endpoint, 'metrics' | 'groupings' | 'filters'>;

const usage = (name: Exclude<EndpointName, 'costs'>, fields: UsageFields): Endpoint => ({
  name,
  path: `organization/usage/${name}`,
  dimensions: fields.groupings,
  pageLimits: usageLimits,
  ...fields,
});

/** The catalogue. Its order is the order of endpoints on every screen and of rows with the same start. */
export const ENDPOINTS: readonly Endpoint[] = [
  usage('completions', {
    metrics: [
      'input_tokens',
      'output_tokens',
      'input_cached_tokens',
      'input_cache_write_tokens',
      'input_uncached_tokens',
      'input_text_tokens',
      'output_text_tokens',
      'input_cached_text_tokens',
      'input_audio_tokens',
      'input_cached_audio_tokens',
      'output_audio_tokens',
      'input_image_tokens',
      'input_cached_image_tokens',
      'output_image_tokens',
      'num_model_requests',
    ],
    groupings: [...whoAndModel, 'batch', 'service_tier'],
    filters: filterByWhoAndModel,
  }),
  usage('embeddings', {
    metrics: ['input_tokens', 'num_model_requests'],
    groupings: whoAndModel,
    filters: filterByWhoAndModel,
  }),
  usage('moderations', {
    metrics: ['input_tokens', 'num_model_requests'],
    groupings: whoAndModel,
    filters: filterByWhoAndModel,
  }),
  usage('images', {
    metrics: ['images', 'num_model_requests'],
    groupings: [...whoAndModel, 'size', 'source'],
    filters: filterByWhoAndModel,
  }),
  usage('audio_speeches', {
    metrics: ['characters', 'num_model_requests'],
    groupings: whoAndModel,
    filters: filterByWhoAndModel,
  }),
  usage('audio_transcriptions', {
    metrics: ['seconds', 'num_model_requests'],
    groupings: whoAndModel,
    filters: filterByWhoAndModel,
  }),
  usage('vector_stores', {metrics: ['usage_bytes'], groupings: ['project_id'], filters: ['project_ids']}),
  usage('code_interpreter_sessions', {metrics: ['num_sessions'], groupings: ['project_id'], filters: ['project_ids']}),
  usage('file_search_calls', {
    metrics: ['num_requests'],
    groupings: [...who, 'vector_store_id'],
    filters: filterByWho,
  }),
  usage('web_search_calls', {
    metrics: ['num_model_requests', 'num_requests'],
    groupings: [...whoAndModel, 'context_level'],
    filters: filterByWhoAndModel,
  }),
  {
    name: 'costs',
    path: 'organization/costs',
    metrics: ['amount', 'quantity'],
    groupings: ['project_id', 'line_item', 'api_key_id'],
    dimensions: ['project_id', 'currency', 'line_item', 'api_key_id', 'quantity_unit'],
    filters: ['project_ids', 'api_key_ids'],
    pageLimits: {'1d': 180},
  },
];

/** The fields whose value is `true` or `false`. */
export const BOOLEAN_FIELDS: ReadonlySet<string> = new Set(['batch']);

/** Every metric that some endpoint is documented to have. */
export const KNOWN_METRICS: ReadonlySet<string> = new Set(ENDPOINTS.flatMap(endpoint => endpoint.metrics));

/** Every dimension that some endpoint is documented to have. */
export const KNOWN_DIMENSIONS: ReadonlySet<string> = new Set(ENDPOINTS.flatMap(endpoint => endpoint.dimensions));

const byName: ReadonlyMap<string, Endpoint> = new Map(ENDPOINTS.map(endpoint => [endpoint.name, endpoint]));

/** The catalogue's entry of that name. */
export function findEndpoint(name: string): Endpoint | undefined {
  return byName.get(name);
}

/** The width in which an endpoint is asked when the user wants `width`: costs stay daily. */
export function widthFor(endpoint: Endpoint, width: BucketWidth): BucketWidth {
  return endpoint.pageLimits[width] === undefined ? '1d' : width;
}
