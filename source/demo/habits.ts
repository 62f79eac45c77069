import type {Component, EndpointName} from './catalogue.ts';
import type {Purpose} from './projects.ts';
import {idOf, pick, unit} from './random.ts';
import type {Dimensions, Value} from './streams.ts';

const modelsByEndpoint: Readonly<Partial<Record<EndpointName, readonly string[]>>> = {
  embeddings: ['text-embedding-3-large', 'text-embedding-3-small'],
  moderations: ['omni-moderation-latest'],
  images: ['gpt-image-1.5', 'gpt-image-1-mini'],
  audio_speeches: ['gpt-4o-mini-tts', 'tts-1-hd'],
  audio_transcriptions: ['gpt-4o-transcribe', 'gpt-4o-mini-transcribe'],
  web_search_calls: ['gpt-5.4', 'gpt-5.4-mini'],
};

/** The models one caller uses at an endpoint: one or two; a single undefined where the endpoint knows no model. */
export function modelsOf(endpoint: EndpointName, purpose: Purpose, salt: number): readonly (string | undefined)[] {
  const known = endpoint === 'completions' ? purpose.models : modelsByEndpoint[endpoint];
  if (known === undefined) return [undefined];
  const at = Math.floor(unit(salt, 2) ** 1.5 * known.length);
  const usesTwo = known.length > 1 && unit(salt, 3) < (endpoint === 'completions' ? 0.14 : 0.15);
  return usesTwo ? [pick(known, at), pick(known, at + 1)] : [pick(known, at)];
}

/** The further dimensions in which one caller and model differ, as an endpoint knows them. No two are alike. */
export function variantsOf(endpoint: EndpointName, salt: number, projectId: string): readonly Dimensions[] {
  const some = (values: readonly Dimensions[], chance: number): readonly Dimensions[] =>
    values.filter((_, at) => at === salt % values.length || unit(salt, at, 5) < chance);
  switch (endpoint) {
    case 'completions': {
      const usual = {batch: false, service_tier: 'default'};
      const others = [
        {batch: true, service_tier: 'default'},
        {batch: false, service_tier: 'flex'},
        {batch: false, service_tier: 'priority'},
      ];
      return [usual, ...others.filter((_, at) => unit(salt, at, 6) < 0.4)];
    }
    case 'images':
      return some(
        [
          {size: '1024x1024', source: 'image.generation'},
          {size: '1024x1792', source: 'image.generation'},
          {size: '1792x1792', source: 'image.generation'},
          {size: '1024x1024', source: 'image.edit'},
          {size: '512x512', source: 'image.variation'},
        ],
        0.25,
      );
    case 'web_search_calls':
      return some(
        ['low', 'medium', 'high'].map(level => ({context_level: level})),
        0.3,
      );
    case 'file_search_calls':
      return some(
        [0, 1, 2].map(number => ({vector_store_id: idOf(`vs_${projectId.slice(5, 9)}`, 1, number)})),
        0.3,
      );
    default:
      return [{}];
  }
}

type Shape = Partial<Record<Component, number>>;

/** What an average request to an endpoint counts; `roll` (0 to 1) makes one stream differ from the next. */
export function componentsOfRequest(endpoint: EndpointName, model: Value | undefined, roll: number): Shape {
  switch (endpoint) {
    case 'completions':
      return tokensOf(typeof model === 'string' ? model : '', roll);
    case 'embeddings':
      return {units: 180 + 900 * roll};
    case 'moderations':
      return {units: 60 + 200 * roll};
    case 'images':
      return {units: 1 + Math.round(roll * 2)};
    case 'audio_speeches':
      return {units: 200 + 900 * roll};
    case 'audio_transcriptions':
      return {units: 30 + 400 * roll};
    case 'vector_stores':
      return {units: 20_000_000 + 90_000_000 * roll};
    case 'web_search_calls':
      return {units: 1 + Math.round(roll)};
    default:
      return {};
  }
}

function tokensOf(model: string, roll: number): Shape {
  const input = 400 + 5200 * roll ** 2;
  const output = 90 + 900 * roll;
  if (model.startsWith('gpt-audio') || model.startsWith('gpt-realtime')) {
    const audio = {audio: input * 0.5, cachedAudio: input * 0.15, outAudio: output * 0.8};
    return {text: input * 0.25, cachedText: input * 0.1, outText: output * 0.2, ...audio};
  }
  const images = model === 'gpt-5.4' && roll > 0.6 ? {image: input * 0.2, cachedImage: input * 0.04} : {};
  const drawn = model === 'gpt-5.4' && roll > 0.9 ? {outImage: output * 0.5} : {};
  const written = model.startsWith('gpt-5') ? {cacheWrite: input * 0.06} : {};
  return {text: input * 0.52, cachedText: input * 0.42 * roll, outText: output, ...images, ...drawn, ...written};
}
