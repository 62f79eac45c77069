import type {CachedDay} from './cache.ts';
import {copyCodes, type PackedBlock} from './packed.ts';

/** The ids in rows that want a name. Keys and users come with the projects of their rows; '' stands for none. */
export class SeenIds {
  readonly projects = new Set<string>();
  readonly keys = new Map<string, Set<string>>();
  readonly users = new Map<string, Set<string>>();

  add(days: readonly CachedDay[]): void {
    const keys = new Owners(this.keys);
    const users = new Owners(this.users);
    for (const {block} of days) {
      const projects = textsOf(block, 'project_id');
      for (const id of idsIn(projects)) this.projects.add(id);
      keys.add(textsOf(block, 'api_key_id'), projects);
      users.add(textsOf(block, 'user_id'), projects);
    }
  }
}

type Texts = {readonly codes: Uint32Array; readonly dictionary: readonly string[]};

/**
 * Collects whose ids belong to which projects. Most rows repeat a pair that came before, on their day or another: texts
 * are looked at only where an id has another project than the last time. Days that share a dictionary share both.
 */
class Owners {
  readonly #owned: Map<string, Set<string>>;
  /** By dictionary of ids, by code: one more than the code of the project it had last. */
  readonly #last = new Map<readonly string[], Uint32Array>();

  constructor(owned: Map<string, Set<string>>) {
    this.#owned = owned;
  }

  add(ids: Texts, projects: Texts): void {
    const last = this.#last.get(ids.dictionary) ?? new Uint32Array(ids.dictionary.length);
    this.#last.set(ids.dictionary, last);
    for (let row = 0; row < ids.codes.length; row++) {
      const code = ids.codes[row] ?? 0;
      const project = projects.codes[row] ?? 0;
      if (code === 0 || last[code] === project + 1) continue;
      last[code] = project + 1;
      const id = ids.dictionary[code] ?? '';
      const known = this.#owned.get(id) ?? new Set();
      this.#owned.set(id, known.add(projects.dictionary[project] ?? ''));
    }
  }
}

function idsIn({codes, dictionary}: Texts): string[] {
  const isThere = new Uint8Array(dictionary.length);
  for (let row = 0; row < codes.length; row++) isThere[codes[row] ?? 0] = 1;
  return dictionary.filter((_, code) => code !== 0 && isThere[code] === 1);
}

const none: Texts = {codes: new Uint32Array(0), dictionary: ['']};

function textsOf(block: PackedBlock, name: string): Texts {
  const column = block.columns.get(name);
  if (column?.kind !== 'text') return none;
  const codes = new Uint32Array(block.rowCount);
  copyCodes(block, column, {from: 0, to: block.rowCount}, codes, 0);
  return {codes, dictionary: column.dictionary};
}
