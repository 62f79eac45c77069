import type {ReactNode} from 'react';
import type {Place} from '../state/results.ts';
import {ChangesScreen} from './changes.tsx';
import {ChartScreen} from './chart.tsx';
import {DetailsScreen} from './details.tsx';
import {type PlaceProps, ResultsScreen} from './results.tsx';
import {SummaryScreen} from './summary.tsx';

export {ChooserScreen} from './chooser.tsx';
export {FetchScreen} from './fetch.tsx';

/** The screens that come after a choice of dates and endpoints: loaded while that is made. */
export const placeScreens: Record<Place, (props: PlaceProps) => ReactNode> = {
  table: ResultsScreen,
  summary: SummaryScreen,
  chart: ChartScreen,
  details: DetailsScreen,
  changes: ChangesScreen,
};
