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
export function isShown(name: string, {hidden, shown}: SavedColumns, {columns}: Dataset): boolean {
  if (hidden.includes(name)) return false;
  if (shown.includes(name)) return true;
  const beside = Object.hasOwn(named, name) ? named[name] : undefined;
  return beside === undefined || !columns.some(column => column.name === beside);
}

/** All columns of the dataset by name, shown or not, in the order chosen: the frozen ones first. */
export function orderedNames({columns}: Dataset, {order, frozen}: SavedColumns): readonly string[] {
  const names = columns.map(({name}) => name);
  const known = new Set(order);
  const sorted = [...order.filter(name => names.includes(name)), ...names.filter(name => !known.has(name))];
  return [...sorted.filter(name => frozen.includes(name)), ...sorted.filter(name => !frozen.includes(name))];
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
