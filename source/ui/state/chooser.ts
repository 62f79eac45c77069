import {patternOf} from '../../view/pattern.ts';
import {printableName} from '../../view/printable.ts';
import type {Action} from '../keymap.ts';
import {bodyHeight, type Size} from '../layout.ts';
import {takeChoice} from './choice.ts';
import {actOnColumn, columnNames} from './columns-chooser.ts';
import type {Message, ResultsState} from './results.ts';
import {messageLines} from './room.ts';
import type {Step, Surroundings} from './step.ts';

type Narrowing = {
  readonly cursor: number;
  /** Only items with this text in them. */
  readonly narrowing: string;
  /** The text is being typed. */
  readonly isNarrowing: boolean;
};

/** What a chooser lists. */
export type Item = {readonly name: string | undefined; readonly label: string};

/** A list over the results: of columns, or of things of which one is taken. */
export type Chooser =
  | ({readonly kind: 'columns'} & Narrowing)
  | ({
      readonly kind: 'choice';
      readonly of: 'metric' | 'pivot';
      readonly title: string;
      readonly items: readonly Item[];
    } & Narrowing);

/** The chooser's items as they are listed, all of them or those with the text that was typed. */
export function itemsOf(results: ResultsState, chooser: Chooser): readonly Item[] {
  const all = allItems(results, chooser);
  if (chooser.narrowing === '') return all;
  const pattern = patternOf(chooser.narrowing);
  return all.filter(({label}) => pattern.isMatch(printableName(label)));
}

/** Lines for the list: what message and the field of what is typed leave over. */
export function chooserHeight(
  {isNarrowing}: Chooser,
  {size, message}: {readonly size: Size; readonly message: Message | undefined},
): number {
  return Math.max(1, bodyHeight(size) - messageLines(message, size).length - (isNarrowing ? 1 : 0));
}

/** What an action does in the chooser that is open. */
export function actOnChooser(results: ResultsState, action: Action, around: Surroundings): Step {
  const {chooser} = results;
  if (!chooser) return {results};
  const showing = (next: Chooser | undefined): Step => ({results: {...results, chooser: next}});
  const items = itemsOf(results, chooser);
  const item = items[chooser.cursor];
  if (chooser.isNarrowing) {
    if (action === 'accept') return showing({...chooser, isNarrowing: false});
    if (action !== 'leave') return {results};
    const everything: Chooser = {...chooser, narrowing: '', isNarrowing: false};
    return showing({...everything, cursor: positionOf(results, everything, item?.name)});
  }
  const page = chooserHeight(chooser, around);
  const to = (cursor: number) => showing({...chooser, cursor: Math.max(0, Math.min(cursor, items.length - 1))});
  switch (action) {
    case 'up':
      return to(chooser.cursor - 1);
    case 'down':
      return to(chooser.cursor + 1);
    case 'pageUp':
      return to(chooser.cursor - page);
    case 'pageDown':
      return to(chooser.cursor + page);
    case 'first':
      return to(0);
    case 'last':
      return to(items.length - 1);
    case 'narrow':
      return showing({...chooser, isNarrowing: true});
    case 'back':
      return showing(undefined);
    case 'accept':
      if (chooser.kind === 'columns') return showing(undefined);
      return item ? {results: takeChoice({...results, chooser: undefined}, chooser.of, item.name)} : {results};
    default: {
      if (chooser.kind === 'choice' || item?.name === undefined) return {results};
      const {results: next, message} = actOnColumn(results, item.name, action);
      // The cursor goes with the column that was moved or frozen.
      const cursor = positionOf(next, chooser, item.name);
      return {results: {...next, chooser: {...chooser, cursor}}, message};
    }
  }
}

/** `o` on the table: the list of columns, the pointer on the one under the cursor. */
export function openColumns(results: ResultsState): Step {
  const chooser: Chooser = {kind: 'columns', cursor: 0, narrowing: '', isNarrowing: false};
  const current = results.shown.columns[results.table.column]?.name;
  return {results: {...results, chooser: {...chooser, cursor: positionOf(results, chooser, current)}}};
}

function allItems(results: ResultsState, chooser: Chooser): readonly Item[] {
  return chooser.kind === 'choice' ? chooser.items : columnNames(results).map(name => ({name, label: name}));
}

function positionOf(results: ResultsState, chooser: Chooser, name: string | undefined): number {
  const index = itemsOf(results, chooser).findIndex(item => item.name === name);
  return Math.max(0, index);
}
