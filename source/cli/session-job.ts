import type {SessionOptions} from '../options.ts';
import type {System} from './system.ts';

export async function runSessionJob(_options: SessionOptions, _system: System): Promise<number> {
  return 1;
}
