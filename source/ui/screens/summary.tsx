import {Frame} from '../components/frame.tsx';
import type {PlaceProps} from './results.tsx';

/** What the rows in view add up to. */
export function SummaryScreen({isDemo, keys, message}: PlaceProps) {
  return (
    <Frame title="Summary" isDemo={isDemo} keys={keys} message={message}>
      {null}
    </Frame>
  );
}
