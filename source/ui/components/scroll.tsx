import {Text} from 'ink';
import {useSize} from '../hooks/use-size.ts';
import {bodyHeight} from '../layout.ts';
import type {Overlay} from '../state/overlay.ts';
import {Frame} from './frame.tsx';

/** Help or errors over a screen, as much as fits. */
export function Scroll({overlay, isDemo}: {readonly overlay: Overlay; readonly isDemo: boolean}) {
  const height = bodyHeight(useSize());
  const {title, lines, top} = overlay;
  const last = Math.min(lines.length, top + height);
  const place = lines.length > height ? ` (lines ${top + 1} to ${last} of ${lines.length})` : '';
  return (
    <Frame title={`${title}${place}`} isDemo={isDemo} keys="help">
      {Array.from({length: last - top}, (_, index) => top + index).map(at => (
        <Text key={at} bold={lines[at]?.isHeading ?? false}>{` ${lines[at]?.text ?? ''}`}</Text>
      ))}
    </Frame>
  );
}
