import {Frame} from '../components/frame.tsx';
import type {Chooser} from '../state/chooser.ts';
import type {PlaceProps} from './results.tsx';

/** A list to choose from, in place of the screen it was opened on. */
export function ChooserScreen({isDemo, keys, message}: PlaceProps & {readonly chooser: Chooser}) {
  return (
    <Frame title="Columns" isDemo={isDemo} keys={keys} message={message}>
      {null}
    </Frame>
  );
}
