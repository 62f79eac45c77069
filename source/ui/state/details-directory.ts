import type {ApiKey} from '../../api/directory.ts';
import type {Directory} from '../../usage/directory.ts';
import type {Outcome} from '../../usage/outcome.ts';
import type {DirectoryList} from '../../usage/progress.ts';
import {printableName} from '../../view/printable.ts';
import {listName, sentenceOf} from '../sentences.ts';
import type {DetailField} from './details-fields.ts';
import {shownWhole} from './shown-whole.ts';
import {timeLabel} from './time-label.ts';

type Listed = Pick<Outcome, 'directory' | 'directoryFailures'>;

/** What the lists know of a key: whose it is, and since when; nothing where the row has none. */
export function aboutKey(id: string, {directory, directoryFailures}: Listed): readonly DetailField[] {
  if (id === '') return [];
  const section = 'API key';
  const key = directory.keys.get(id);
  if (!key) return [unknown(section, id, ['project_api_keys', 'admin_api_keys'], directoryFailures)];
  const {name, redactedValue, createdAt, lastUsedAt, owner} = key;
  return [
    field(section, 'name', name),
    field(section, 'redacted value', redactedValue),
    moment(section, 'created', createdAt, ''),
    moment(section, 'last used', lastUsedAt, 'never'),
    field(section, 'owner', owner && (owner.name || owner.id)),
    field(section, 'owner kind', owner && kindLabel(owner.kind)),
    field(section, 'owner e-mail', owner?.email),
  ];
}

/** A project's name, and whether it is archived. */
export function aboutProject(id: string, {directory, directoryFailures}: Listed): readonly DetailField[] {
  if (id === '') return [];
  const section = 'Project';
  const project = directory.projects.get(id);
  if (!project) return [unknown(section, id, ['projects'], directoryFailures)];
  return [field(section, 'name', project.name), field(section, 'state', project.isArchived ? 'archived' : 'active')];
}

/** A user's name and e-mail. Service accounts are in no list of users: the keys they own name them. */
export function aboutUser(id: string, {directory, directoryFailures}: Listed): readonly DetailField[] {
  if (id === '') return [];
  const section = 'User';
  const user = directory.users.get(id);
  if (user) return [field(section, 'name', user.name), field(section, 'e-mail', user.email)];
  const owner = ownerOf(directory, id);
  if (!owner) return [unknown(section, id, ['users', 'project_api_keys'], directoryFailures)];
  return [
    field(section, 'name', owner.name),
    field(section, 'kind', kindLabel(owner.kind)),
    field(section, 'e-mail', owner.email),
  ];
}

function ownerOf({keys}: Directory, id: string): ApiKey['owner'] | undefined {
  for (const {owner} of keys.values()) if (owner?.id === id) return owner;
  return undefined;
}

/** `service_account`, the API's own word, as people write it. */
function kindLabel(kind: string): string {
  return kind.replaceAll('_', ' ');
}

function field(section: string, name: string, value: string | null | undefined): DetailField {
  return {section, name, shown: shownWhole(value ?? ''), raw: value ?? ''};
}

function moment(section: string, name: string, seconds: number | null, none: string): DetailField {
  if (seconds === null) return {section, name, shown: none, raw: ''};
  return {section, name, shown: timeLabel(seconds) ?? String(seconds), raw: String(seconds)};
}

/** An id that no list knows, and why, where a list could not be read. */
function unknown(
  section: string,
  id: string,
  lists: readonly DirectoryList[],
  failures: Outcome['directoryFailures'],
): DetailField {
  const why = lists.flatMap(list => {
    const error = failures.get(list);
    return error ? [`The ${listName(list)} are missing: ${sentenceOf(error)}`] : [];
  });
  const shown = [`${printableName(id)} is in no list.`, ...why].join(' ');
  return {section, name: 'id', shown, raw: id};
}
