import type {Dataset} from '../usage/dataset.ts';

/** What somebody chose of the table's columns, by their names, so that it holds for other datasets too. */
export type SavedColumns = {
  readonly hidden: readonly string[];
  /** Shown though they are hidden by default. */
  readonly shown: readonly string[];
  /** Columns that were moved, and all others as they stood then; later ones come after. Empty: the dataset's order. */
  readonly order: readonly string[];
  /** Terminal columns; a column without one is as wide as its content. */
  readonly widths: Readonly<Record<string, number>>;
  /** Stand first and do not scroll sideways. */
  readonly frozen: readonly string[];
};

export const DEFAULT_COLUMNS: SavedColumns = {hidden: [], shown: [], order: [], widths: {}, frozen: ['date']};

/** An id says nothing to a reader where its name stands beside it. */
const named: Readonly<Record<string, string>> = {
  api_key_id: 'api_key_name',
  project_id: 'project_name',
  user_id: 'user_email',
};

/** Whether the table shows a column: as was chosen, else all but ids beside their names. */
export function isShown(name: string, {hidden, shown}: SavedColumns, dataset: Dataset): boolean {
  if (hidden.includes(name)) return false;
  return shown.includes(name) || !isBesideItsName(name, dataset);
}

/** Whether the column is an id whose name the dataset has too: hidden, unless somebody wants it. */
export function isBesideItsName(name: string, {columns}: Dataset): boolean {
  const beside = Object.hasOwn(named, name) ? named[name] : undefined;
  return beside !== undefined && columns.some(column => column.name === beside);
}

/** All columns of the dataset by name, shown or not, in the order chosen: the frozen ones first. */
export function orderedNames(dataset: Dataset, saved: SavedColumns): readonly string[] {
  const names = namesInOrder(dataset, saved);
  const {frozen} = saved;
  return [...names.filter(name => frozen.includes(name)), ...names.filter(name => !frozen.includes(name))];
}

/** As chosen, frozen or not: a column that is frozen no longer goes back to its place. */
function namesInOrder({columns}: Dataset, {order}: SavedColumns): readonly string[] {
  const names = new Set(columns.map(({name}) => name));
  return [...new Set([...order.filter(name => names.has(name)), ...names])];
}

/** The dataset with the shown columns only, in their order, and how many of them are frozen. Never without a column. */
export function chosenColumns(
  dataset: Dataset,
  saved: SavedColumns,
): {readonly shown: Dataset; readonly frozen: number} {
  const byName = new Map(dataset.columns.map(column => [column.name, column]));
  const names = orderedNames(dataset, saved).filter(name => isShown(name, saved, dataset));
  const columns = names.flatMap(name => byName.get(name) ?? []);
  const kept = columns.length > 0 ? columns : dataset.columns.slice(0, 1);
  const frozen = kept.filter(({name}) => saved.frozen.includes(name)).length;
  return {shown: {rowCount: dataset.rowCount, columns: kept}, frozen};
}

/** With the column hidden, or shown again. The last one shown stays: the same choice comes back. */
export function toggleColumn(dataset: Dataset, saved: SavedColumns, name: string): SavedColumns {
  const others = without(saved.shown, name);
  if (!isShown(name, saved, dataset)) return {...saved, hidden: without(saved.hidden, name), shown: [...others, name]};
  const isLast = dataset.columns.every(column => column.name === name || !isShown(column.name, saved, dataset));
  return isLast ? saved : {...saved, hidden: [...saved.hidden, name], shown: others};
}

/**
 * With the column one place further left (-1) or right (1), hidden ones counted: frozen ones change places with frozen
 * ones, the others with others. At the end the same choice comes back. Columns of other datasets keep their places.
 */
export function moveColumn(dataset: Dataset, saved: SavedColumns, name: string, step: 1 | -1): SavedColumns {
  const peers = orderedNames(dataset, saved);
  const at = peers.indexOf(name);
  const other = peers[at + step];
  const isPeer = (each: string) => saved.frozen.includes(each) === saved.frozen.includes(name);
  if (at === -1 || other === undefined || !isPeer(other)) return saved;
  const known = namesInOrder(dataset, saved);
  const order = [...new Set([...saved.order, ...known])];
  return {...saved, order: order.map(each => (each === name ? other : each === other ? name : each))};
}

/** With that width, in terminal columns. */
export function resizeColumn(saved: SavedColumns, name: string, width: number): SavedColumns {
  // A computed key makes a property of its own, even where the API calls a field `__proto__`.
  return {...saved, widths: {...saved.widths, [name]: width}};
}

/** With the column standing still at the left, or scrolling with the others again. */
export function freezeColumn(saved: SavedColumns, name: string): SavedColumns {
  const {frozen} = saved;
  return {...saved, frozen: frozen.includes(name) ? without(frozen, name) : [...frozen, name]};
}

function without(names: readonly string[], name: string): readonly string[] {
  return names.filter(each => each !== name);
}
