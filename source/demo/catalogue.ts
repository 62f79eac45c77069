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

export type Dimension =
  | 'project_id'
  | 'user_id'
  | 'api_key_id'
  | 'model'
  | 'batch'
  | 'service_tier'
  | 'size'
  | 'source'
  | 'context_level'
  | 'vector_store_id'
  | 'line_item';

export type BucketWidth = '1d' | '1h' | '1m';

/** What a stream of requests counts, from which an endpoint's metrics are summed. */
export type Component =
  | 'requests'
  | 'text'
  | 'cacheWrite'
  | 'cachedText'
  | 'audio'
  | 'cachedAudio'
  | 'image'
  | 'cachedImage'
  | 'outText'
  | 'outAudio'
  | 'outImage'
  | 'units';

export const components: readonly Component[] = [
  'requests',
  'text',
  'cacheWrite',
  'cachedText',
  'audio',
  'cachedAudio',
  'image',
  'cachedImage',
  'outText',
  'outAudio',
  'outImage',
  'units',
];

type Filter = {readonly dimension: Dimension; readonly values?: readonly string[]};

export type Endpoint = {
  readonly name: EndpointName;
  readonly object: string;
  readonly dimensions: readonly Dimension[];
  readonly filters: Readonly<Record<string, Filter>>;
  readonly metrics: Readonly<Record<string, readonly Component[]>>;
  readonly limits: Readonly<Partial<Record<BucketWidth, {readonly usual: number; readonly most: number}>>>;
};

const limits = {
  '1d': {usual: 7, most: 31},
  '1h': {usual: 24, most: 168},
  '1m': {usual: 60, most: 1440},
};
const project = {project_ids: {dimension: 'project_id'}} as const;
const key = {api_key_ids: {dimension: 'api_key_id'}} as const;
const caller = {...project, user_ids: {dimension: 'user_id'}, ...key} as const;
const modelled = {...caller, models: {dimension: 'model'}} as const;
const who = ['project_id', 'user_id', 'api_key_id'] as const;
const whoAndModel = [...who, 'model'] as const;

/**
 * The endpoints as the API document has them: groupings, filters with their allowed values, metrics and the most
 * buckets a page. Written down a second time on purpose: a server that borrowed its client's catalogue would agree
 * with the client's mistakes. Input tokens contain cached, audio and image tokens, as the document says.
 */
export const endpoints: readonly Endpoint[] = [
  {
    name: 'completions',
    object: 'organization.usage.completions.result',
    dimensions: [...whoAndModel, 'batch', 'service_tier'],
    filters: {...modelled, batch: {dimension: 'batch', values: ['true', 'false']}},
    metrics: {
      input_tokens: ['text', 'cacheWrite', 'cachedText', 'audio', 'cachedAudio', 'image', 'cachedImage'],
      output_tokens: ['outText', 'outAudio', 'outImage'],
      num_model_requests: ['requests'],
      input_cached_tokens: ['cachedText', 'cachedAudio', 'cachedImage'],
      input_cache_write_tokens: ['cacheWrite'],
      input_uncached_tokens: ['text', 'audio', 'image'],
      input_text_tokens: ['text'],
      output_text_tokens: ['outText'],
      input_cached_text_tokens: ['cachedText'],
      input_audio_tokens: ['audio'],
      input_cached_audio_tokens: ['cachedAudio'],
      output_audio_tokens: ['outAudio'],
      input_image_tokens: ['image'],
      input_cached_image_tokens: ['cachedImage'],
      output_image_tokens: ['outImage'],
    },
    limits,
  },
  {
    name: 'embeddings',
    object: 'organization.usage.embeddings.result',
    dimensions: whoAndModel,
    filters: modelled,
    metrics: {input_tokens: ['units'], num_model_requests: ['requests']},
    limits,
  },
  {
    name: 'moderations',
    object: 'organization.usage.moderations.result',
    dimensions: whoAndModel,
    filters: modelled,
    metrics: {input_tokens: ['units'], num_model_requests: ['requests']},
    limits,
  },
  {
    name: 'images',
    object: 'organization.usage.images.result',
    dimensions: [...whoAndModel, 'size', 'source'],
    filters: {
      ...modelled,
      sizes: {dimension: 'size', values: ['256x256', '512x512', '1024x1024', '1792x1792', '1024x1792']},
      sources: {dimension: 'source', values: ['image.generation', 'image.edit', 'image.variation']},
    },
    metrics: {images: ['units'], num_model_requests: ['requests']},
    limits,
  },
  {
    name: 'audio_speeches',
    object: 'organization.usage.audio_speeches.result',
    dimensions: whoAndModel,
    filters: modelled,
    metrics: {characters: ['units'], num_model_requests: ['requests']},
    limits,
  },
  {
    name: 'audio_transcriptions',
    object: 'organization.usage.audio_transcriptions.result',
    dimensions: whoAndModel,
    filters: modelled,
    metrics: {seconds: ['units'], num_model_requests: ['requests']},
    limits,
  },
  {
    name: 'vector_stores',
    object: 'organization.usage.vector_stores.result',
    dimensions: ['project_id'],
    filters: project,
    metrics: {usage_bytes: ['units']},
    limits,
  },
  {
    name: 'code_interpreter_sessions',
    object: 'organization.usage.code_interpreter_sessions.result',
    dimensions: ['project_id'],
    filters: project,
    metrics: {num_sessions: ['requests']},
    limits,
  },
  {
    name: 'file_search_calls',
    object: 'organization.usage.file_searches.result',
    dimensions: [...who, 'vector_store_id'],
    filters: {...caller, vector_store_ids: {dimension: 'vector_store_id'}},
    metrics: {num_requests: ['requests']},
    limits,
  },
  {
    name: 'web_search_calls',
    object: 'organization.usage.web_searches.result',
    dimensions: [...whoAndModel, 'context_level'],
    filters: {...modelled, context_levels: {dimension: 'context_level', values: ['low', 'medium', 'high']}},
    metrics: {num_model_requests: ['requests'], num_requests: ['units']},
    limits,
  },
  {
    name: 'costs',
    object: 'organization.costs.result',
    dimensions: ['project_id', 'line_item', 'api_key_id'],
    filters: {...project, ...key},
    metrics: {},
    limits: {'1d': {usual: 7, most: 180}},
  },
];

/** The endpoint of that name; throws a RangeError for a name the API does not have. */
export function endpointOf(name: string): Endpoint {
  const endpoint = endpoints.find(each => each.name === name);
  if (endpoint === undefined) throw new RangeError(`The demo organization has no endpoint ${name}.`);
  return endpoint;
}

/** The endpoint's path below the base URL. Costs stand beside usage, not below it. */
export function pathOf(endpoint: Endpoint): string {
  return endpoint.name === 'costs' ? '/organization/costs' : `/organization/usage/${endpoint.name}`;
}
