import type {Action} from '../keymap.ts';
import type {ResultsState} from './results.ts';
import type {Step, Surroundings} from './step.ts';

type Narrowing = {
  readonly cursor: number;
  /** Only items with this text in them. */
  readonly narrowing: string;
  /** The text is being typed. */
  readonly isNarrowing: boolean;
};

/** A list over the results: of columns, or of things of which one is taken. */
export type Chooser =
  | ({readonly kind: 'columns'} & Narrowing)
  | ({
      readonly kind: 'choice';
      readonly of: 'metric' | 'pivot';
      readonly title: string;
      readonly items: readonly {readonly name: string | undefined; readonly label: string}[];
    } & Narrowing);

/** What an action does in the chooser that is open. */
export function actOnChooser(results: ResultsState, _action: Action, _around: Surroundings): Step {
  return {results};
}

/** `o` on the table. */
export function openColumns(results: ResultsState): Step {
  return {results: {...results, chooser: {kind: 'columns', cursor: 0, narrowing: '', isNarrowing: false}}};
}
