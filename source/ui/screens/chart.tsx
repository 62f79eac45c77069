import {Frame} from '../components/frame.tsx';
import type {PlaceProps} from './results.tsx';

/** The metric over the days or hours. */
export function ChartScreen({isDemo, keys, message}: PlaceProps) {
  return (
    <Frame title="Chart" isDemo={isDemo} keys={keys} message={message}>
      {null}
    </Frame>
  );
}
