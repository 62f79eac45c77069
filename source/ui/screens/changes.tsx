import {Frame} from '../components/frame.tsx';
import type {PlaceProps} from './results.tsx';

/** What changed since the period before. */
export function ChangesScreen({isDemo, keys, message}: PlaceProps) {
  return (
    <Frame title="What changed" isDemo={isDemo} keys={keys} message={message}>
      {null}
    </Frame>
  );
}
