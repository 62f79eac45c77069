import type {Action} from '../keymap.ts';

export type OverlayLine = {readonly text: string; readonly isHeading: boolean};

/** What lies over a screen until it is left: the help, or errors in full. */
export type Overlay = {
  readonly kind: 'help' | 'errors';
  readonly title: string;
  readonly lines: readonly OverlayLine[];
  /** The first line in sight. */
  readonly top: number;
};

/** The overlay after an action, `height` lines being in sight; undefined when it is left. */
export function actOnOverlay(overlay: Overlay, action: Action, height: number): Overlay | undefined {
  const {top, lines} = overlay;
  const at = (line: number) => ({...overlay, top: Math.max(0, Math.min(line, lines.length - height))});
  switch (action) {
    case 'back':
      return undefined;
    case 'up':
      return at(top - 1);
    case 'down':
      return at(top + 1);
    case 'pageUp':
      return at(top - height);
    case 'pageDown':
      return at(top + height);
    case 'first':
      return at(0);
    case 'last':
      return at(lines.length);
    default:
      return overlay;
  }
}
