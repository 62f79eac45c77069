import type {Column, TextColumn} from './block.ts';
import type {NameColumn} from './dataset.ts';
import type {NameLookup} from './directory.ts';
import type {Steps} from './turns.ts';

const pairs = [
  ['project_id', 'project_name', 'project'],
  ['api_key_id', 'api_key_name', 'key'],
  ['user_id', 'user_email', 'user'],
] as const;

/**
 * Puts a name column beside every id column. It shares the id's codes and has a dictionary of its own, so that naming a
 * million rows costs as much as naming the ids once. An id that nobody knows stands for its own name; where a result
 * itself carries the name, that counts before the bare id.
 */
export function* enriching(columns: Map<string, Column>, names: NameLookup): Steps<void> {
  for (const [idName, columnName, kind] of pairs) {
    const ids = columns.get(idName);
    const given = columns.get(columnName);
    if (ids?.kind !== 'text') continue;
    const rowNames = given?.kind === 'text' ? given : undefined;
    const fromRows = rowNames && namesInRows(ids, rowNames);
    yield;
    const known = ids.dictionary.map((id, code) => (code === 0 ? '' : (names[kind](id) ?? fromRows?.get(code))));
    const dictionary = known.map((name, code) => name ?? ids.dictionary[code] ?? '');
    // Only a row that has a name without an id needs codes of its own.
    const codes = rowNames && fromRows?.has(0) ? withNameless(ids.codes, rowNames, dictionary) : ids.codes;
    // Names without an id, behind the others, are names.
    const isBareId = new Uint8Array(dictionary.length).map((_, code) =>
      Number(code < known.length && known[code] === undefined),
    );
    const named: NameColumn = {kind: 'text', name: columnName, codes, dictionary, isBareId};
    columns.set(columnName, named);
    yield;
  }
}

function withNameless(codes: Uint32Array, given: TextColumn, dictionary: string[]): Uint32Array {
  const offset = dictionary.length - 1;
  // Not as arguments of one push: there may be more names than the stack has room for.
  for (let code = 1; code < given.dictionary.length; code++) dictionary.push(given.dictionary[code] ?? '');
  return codes.map((code, row) => {
    const name = given.codes[row] ?? 0;
    return code !== 0 || name === 0 ? code : offset + name;
  });
}

function namesInRows(ids: TextColumn, given: TextColumn): Map<number, string> {
  const found = new Map<number, string>();
  for (let row = 0; row < ids.codes.length; row++) {
    const name = given.dictionary[given.codes[row] ?? 0];
    if (name) found.set(ids.codes[row] ?? 0, name);
  }
  return found;
}
