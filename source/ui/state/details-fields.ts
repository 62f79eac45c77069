import type {Column} from '../../usage/block.ts';
import {findColumn, valueAt} from '../../usage/dataset.ts';
import type {Outcome} from '../../usage/outcome.ts';
import {formatAmount, formatCell} from '../../view/format.ts';
import {withCurrency} from '../../view/money.ts';
import {rawValue} from './copying.ts';
import {aboutKey, aboutProject, aboutUser} from './details-directory.ts';
import {shownWhole} from './shown-whole.ts';
import {timeLabel} from './time-label.ts';

/** The section of the fields that the API gave nothing for. */
export const EMPTY = 'Empty';

/** One line of the Details screen: a field of the row, or what the lists know about its key, project or user. */
export type DetailField = {
  /** Above its first field, the name of a section; the row's own fields have none. */
  readonly section: string | undefined;
  readonly name: string;
  /** Harmless for a terminal, with separators and currency; empty where the API gave nothing. */
  readonly shown: string;
  /** As the API gave it: what is copied. */
  readonly raw: string;
};

/** All fields of a dataset's row that have a value, what is known of its key, project and user, then the empty fields. */
export function fieldsOf(outcome: Outcome, row: number): readonly DetailField[] {
  const {dataset} = outcome;
  const textOf = (name: string) => {
    const column = findColumn(dataset, name);
    return column ? rawValue(column, row) : '';
  };
  const currency = textOf('currency').toLowerCase() || undefined;
  const fields = dataset.columns.map(column => ({
    section: undefined,
    name: column.name,
    shown: shownValue(column, row, currency),
    raw: rawValue(column, row),
  }));
  return [
    ...fields.filter(({raw}) => raw !== ''),
    ...aboutKey(textOf('api_key_id'), outcome),
    ...aboutProject(textOf('project_id'), outcome),
    ...aboutUser(textOf('user_id'), outcome),
    ...fields.filter(({raw}) => raw === '').map(field => ({...field, section: EMPTY})),
  ];
}

function shownValue(column: Column, row: number, currency: string | undefined): string {
  const value = valueAt(column, row);
  if (typeof value !== 'number') return shownWhole(String(value ?? ''));
  const shown = formatCell(column, row);
  if (column.name === 'amount') return withCurrency(currency, value, formatAmount(Math.abs(value)));
  const time = column.name === 'start_time' ? timeLabel(value) : undefined;
  return time === undefined ? shown : `${shown} (${time})`;
}
