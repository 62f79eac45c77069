import {BUCKET_WIDTHS, ENDPOINTS} from '../api/endpoints.ts';
import {FORMATS} from '../export/format.ts';
import {presets} from '../usage/days.ts';
import type {CommandName, FlagName} from './flags.ts';
import {knownDimensions, knownMetrics} from './known-names.ts';

export const SUMMARY_FORMATS = ['text', ...FORMATS] as const;

/** What the value of a flag can be, where that can be told beforehand: some names (a list of them, if so), or a path. */
export type Values =
  | {readonly kind: 'names'; readonly names: readonly string[]; readonly isList: boolean}
  | {readonly kind: 'file' | 'folder' | 'text'};

/** The names of presets do not depend on the day. */
const anyDay = 0;

/** What can be the value of a flag of this command. */
export function valuesOf(flag: FlagName, command: CommandName): Values {
  switch (flag) {
    case 'by':
      return {kind: 'names', names: knownDimensions().names, isList: true};
    case 'metric':
      return oneOf(knownMetrics().names);
    case 'range':
      return oneOf(presets(anyDay).map(({name}) => name));
    case 'endpoints':
      return {kind: 'names', names: ENDPOINTS.map(({name}) => name), isList: true};
    case 'bucket-width':
      return oneOf(BUCKET_WIDTHS);
    case 'format':
      return oneOf(command === 'summary' ? SUMMARY_FORMATS : FORMATS);
    case 'output':
      return {kind: 'file'};
    case 'cache-dir':
      return {kind: 'folder'};
    default:
      return {kind: 'text'};
  }
}

function oneOf(names: readonly string[]): Values {
  return {kind: 'names', names, isList: false};
}
