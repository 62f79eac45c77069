import {ENDPOINTS} from '../api/endpoints.ts';

/** The columns that come first, in this order, whatever else there is (DESIGN section 6). */
const LEADING_COLUMNS = [
  'date',
  'endpoint_type',
  'input_tokens',
  'output_tokens',
  'api_key_id',
  'api_key_name',
  'project_id',
  'project_name',
  'input_cached_tokens',
  'input_audio_tokens',
  'output_audio_tokens',
  'model',
  'start_time',
  'user_id',
  'user_email',
  'num_model_requests',
] as const;

/** How many of the leading columns stand even where they are empty in every row. */
const FIXED_COLUMNS = 8;

/** Every documented column in its order: the leading ones, then the catalogue's, endpoint by endpoint. */
const KNOWN_COLUMNS: readonly string[] = [
  ...new Set<string>([
    ...LEADING_COLUMNS,
    ...ENDPOINTS.flatMap(({name, metrics, dimensions}) =>
      name === 'costs' ? ['amount', 'currency', 'line_item', 'quantity', 'quantity_unit'] : [...metrics, ...dimensions],
    ),
  ]),
];

const known: ReadonlySet<string> = new Set(KNOWN_COLUMNS);

/**
 * The columns to show, in order: known ones as documented, unknown ones last in order of name. One without any value is
 * left out, except the first eight, or with `allColumns` every known one.
 */
export function chooseColumns(filled: ReadonlySet<string>, allColumns: boolean): string[] {
  const chosen = KNOWN_COLUMNS.filter((name, index) => allColumns || index < FIXED_COLUMNS || filled.has(name));
  const unknown = [...filled].filter(name => !known.has(name)).sort((a, b) => (a < b ? -1 : 1));
  return [...chosen, ...unknown];
}
