import {Frame} from '../components/frame.tsx';
import type {PlaceProps} from './results.tsx';

/** All fields of a row. */
export function DetailsScreen({isDemo, keys, message}: PlaceProps) {
  return (
    <Frame title="Details" isDemo={isDemo} keys={keys} message={message}>
      {null}
    </Frame>
  );
}
