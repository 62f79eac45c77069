import type {Block, TextColumn} from './block.ts';
import type {CachedDay} from './cache.ts';

/** The ids in rows that want a name. Keys and users come with the projects of their rows; '' stands for none. */
export class SeenIds {
  readonly projects = new Set<string>();
  readonly keys = new Map<string, Set<string>>();
  readonly users = new Map<string, Set<string>>();

  add(days: readonly CachedDay[]): void {
    for (const {block} of days) {
      const project = textColumn(block, 'project_id');
      if (project)
        for (const code of new Set(project.codes)) if (code) this.projects.add(project.dictionary[code] ?? '');
      addOwned(this.keys, textColumn(block, 'api_key_id'), project);
      addOwned(this.users, textColumn(block, 'user_id'), project);
    }
  }
}

/** Most rows repeat a pair that came before: pairs are told apart by their codes, before any text is looked at. */
function addOwned(owned: Map<string, Set<string>>, ids: TextColumn | undefined, project: TextColumn | undefined): void {
  if (!ids) return;
  const pairs = new Set<number>();
  const projects = project?.dictionary.length ?? 1;
  for (let row = 0; row < ids.codes.length; row++) {
    const code = ids.codes[row] ?? 0;
    if (code !== 0) pairs.add(code * projects + (project?.codes[row] ?? 0));
  }
  for (const pair of pairs) {
    const id = ids.dictionary[Math.floor(pair / projects)] ?? '';
    const known = owned.get(id) ?? new Set();
    known.add(project?.dictionary[pair % projects] ?? '');
    owned.set(id, known);
  }
}

function textColumn(block: Block, name: string): TextColumn | undefined {
  const column = block.columns.get(name);
  return column?.kind === 'text' ? column : undefined;
}
