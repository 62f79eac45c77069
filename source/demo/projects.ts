import type {EndpointName} from './catalogue.ts';

/** What a project is and does: its models for completions, the other endpoints it uses, its share of the keys. */
export type Purpose = {
  readonly name: string;
  readonly models: readonly string[];
  readonly also: readonly EndpointName[];
  readonly keyNames: readonly string[];
  readonly share: number;
  readonly archived?: string;
};

/** The dozen projects. One was archived within October 2026, so that a usual "last month" needs include_archived. */
export const purposes: readonly Purpose[] = [
  {
    name: 'Search',
    models: ['gpt-5.4-mini', 'gpt-5.4', 'gpt-5.4-nano'],
    also: ['embeddings', 'web_search_calls', 'vector_stores', 'file_search_calls'],
    keyNames: ['prod-gateway', 'query-rewriter', 'reranker', 'indexer'],
    share: 4,
  },
  {
    name: 'Support Assistant',
    models: ['gpt-5.4', 'gpt-5.4-mini'],
    also: ['moderations', 'file_search_calls', 'vector_stores', 'audio_transcriptions'],
    keyNames: ['ticket-triage', 'chat-widget', 'answer-drafts', 'call-notes'],
    share: 4,
  },
  {
    name: 'Voice',
    models: ['gpt-audio-1.5', 'gpt-realtime-mini', 'gpt-5.4-mini'],
    also: ['audio_speeches', 'audio_transcriptions'],
    keyNames: ['ivr', 'dictation', 'read-aloud'],
    share: 3,
  },
  {
    name: 'Creative Studio',
    models: ['gpt-5.4', 'gpt-4.1-mini'],
    also: ['images', 'moderations'],
    keyNames: ['banner-maker', 'product-shots', 'campaign-copy'],
    share: 3,
  },
  {
    name: 'Developer Tools',
    models: ['gpt-5.3-codex', 'gpt-5.4', 'o4-mini'],
    also: ['code_interpreter_sessions', 'web_search_calls', 'embeddings'],
    keyNames: ['ci-review', 'code-search', 'release-notes'],
    share: 3,
  },
  {
    name: 'Data Platform',
    models: ['gpt-5.4-nano', 'gpt-5.4-mini', 'gpt-4.1-mini'],
    also: ['embeddings', 'code_interpreter_sessions', 'vector_stores'],
    keyNames: ['catalogue-backfill', 'entity-linker', '@nightly-eval'],
    share: 3,
  },
  {
    name: 'Trust & Safety',
    models: ['gpt-5.4-nano'],
    also: ['moderations', 'images'],
    keyNames: ['moderation-queue', 'appeals'],
    share: 2,
  },
  {
    name: 'Default project',
    models: ['gpt-5.4', 'gpt-5.4-mini', 'gpt-4.1-mini', 'o4-mini'],
    also: ['images', 'audio_speeches', 'web_search_calls', 'code_interpreter_sessions'],
    keyNames: ['test', 'my first key', 'スクリプト用'],
    share: 3,
  },
  {
    name: 'Mobile App',
    models: ['gpt-5.4-mini', 'gpt-5.4-nano'],
    also: ['audio_speeches', 'audio_transcriptions', 'moderations', 'vector_stores'],
    keyNames: ['ios', 'android', 'onboarding'],
    share: 3,
  },
  {
    name: 'Research',
    models: ['o4-mini', 'gpt-5.4', 'gpt-5.3-codex'],
    also: ['code_interpreter_sessions', 'file_search_calls', 'web_search_calls'],
    keyNames: ['paper-reader', 'eval-harness'],
    share: 2,
  },
  {
    name: 'Hackathon 2025',
    models: ['gpt-4.1-mini', 'o4-mini'],
    also: ['images', 'audio_speeches'],
    keyNames: ['team-7'],
    share: 1,
    archived: '2026-05-29',
  },
  {
    name: 'Legacy Chatbot',
    models: ['gpt-4.1-mini'],
    also: ['moderations', 'embeddings'],
    keyNames: ['bot-v1'],
    share: 1,
    archived: '2026-10-16',
  },
];
