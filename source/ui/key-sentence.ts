import type {ApiKey} from '../api/directory.ts';
import {findColumn} from '../usage/dataset.ts';
import type {Outcome} from '../usage/outcome.ts';
import {counted} from '../view/counted.ts';
import {filterRows} from '../view/filter.ts';
import {formatCell, formatNumber} from '../view/format.ts';
import {printableName} from '../view/printable.ts';
import {allRows, type RowNumbers} from '../view/rows.ts';
import {canBeCompared} from '../view/secret.ts';
import {fitText, widthOf} from '../view/width.ts';

/** A name longer than that would push what matters out of the message. */
const WIDEST_NAME = 40;

/** What stands for the hidden part of a key: a dozen of them say no more than three dots. */
const STARS = /[*\u2022]{4,}/g;

/** How a filter or a search names keys: one by its name, several by the redacted value that they share. */
export function keyLabel(keys: readonly ApiKey[]): string {
  const [first, ...others] = keys;
  if (!first) return 'no key';
  return others.length === 0
    ? `key ${nameOf(first)}`
    : `${keys.length} keys like ${printableName(first.redactedValue ?? '')}`;
}

/** Why a secret leads nowhere. */
export function noKeySentence({directoryFailures, directory}: Outcome): string {
  const hidden = [...directory.keys.values()].filter(({redactedValue}) => !canBeCompared(redactedValue)).length;
  return [
    'No key that the lists know fits it: it may be deleted, or of another organization.',
    ...(hidden > 0 ? [`${counted(hidden, 'listed key')} cannot be compared, as nothing of the value is told.`] : []),
    ...(directoryFailures.size > 0 ? ['Names are missing (t says why).'] : []),
  ].join(' ');
}

/**
 * Whose the keys are that a secret fits, and how many of the rows in view they have: `That is key prod-gateway
 * (sk-...abcd) of Maya Lindqvist <maya@acme.example>, project Search: 120 rows.` Nothing of the secret is in it but what
 * the API's redacted value shows.
 */
export function keysSentence(keys: readonly ApiKey[], outcome: Outcome, rows: RowNumbers): string {
  const {dataset} = outcome;
  const filter = {kind: 'keys', ids: keys.map(({id}) => id), label: ''} as const;
  const inView = filterRows(dataset, rows, [filter]).length;
  const all = filterRows(dataset, allRows(dataset.rowCount), [filter]).length;
  const count =
    all === 0
      ? 'no rows in this range'
      : inView === all
        ? counted(all, 'row')
        : `${formatNumber(inView)} of its ${counted(all, 'row')} pass the filters`;
  const [first, ...others] = keys;
  if (!first) return noKeySentence(outcome);
  if (others.length === 0) return `That is ${describe(first, outcome)}: ${count}.`;
  const some = keys.slice(0, 3).map(key => describe(key, outcome));
  const rest = keys.length > some.length ? [`and ${keys.length - some.length} more`] : [];
  return `${keys.length} keys fit, n goes on through all their rows (${count}): ${[...some, ...rest].join('; ')}.`;
}

function describe(key: ApiKey, outcome: Outcome): string {
  const value = key.redactedValue === null ? '' : ` (${short(key.redactedValue.replaceAll(STARS, '...'))})`;
  const owner = ownerOf(key, outcome);
  const project = projectOf(key, outcome);
  return `key ${nameOf(key)}${value}${owner && ` of ${owner}`}${project && `, project ${project}`}`;
}

function nameOf({name, id}: ApiKey): string {
  return short(name || id);
}

function ownerOf({owner}: ApiKey, {directory}: Outcome): string {
  if (!owner) return '';
  const user = directory.users.get(owner.id);
  const name = short(owner.name || user?.name || '');
  const email = short(owner.email || user?.email || '');
  const known = name && email ? `${name} <${email}>` : name || email || short(owner.id);
  return owner.kind === 'user' ? known : `${printableName(owner.kind.replaceAll('_', ' '))} ${known}`;
}

/** As its rows name it: the lists of keys do not say whose they are. */
function projectOf({id}: ApiKey, {dataset}: Outcome): string {
  const row = filterRows(dataset, allRows(dataset.rowCount), [{kind: 'keys', ids: [id], label: ''}])[0];
  const names = findColumn(dataset, 'project_name');
  return row === undefined || names === undefined ? '' : short(formatCell(names, row));
}

function short(name: string): string {
  const text = printableName(name);
  return widthOf(text) <= WIDEST_NAME ? text : fitText(text, WIDEST_NAME, 'left', '...').trimEnd();
}
