import type {BoxProps, TextProps} from 'ink';
import {createContext, useContext} from 'react';

/** Properties for Ink's Text: `<Text {...theme.bad}>`. */
export type TextStyle = Readonly<Pick<TextProps, 'color' | 'bold' | 'dimColor' | 'inverse' | 'underline'>>;

export type Glyphs = {
  readonly up: string;
  readonly down: string;
  readonly left: string;
  readonly right: string;
  /** Between two dates of a range. */
  readonly to: string;
  readonly ellipsis: string;
  readonly done: string;
  readonly failed: string;
  readonly warning: string;
  readonly checked: string;
  readonly unchecked: string;
  /** Before the chosen item of a list, whether or not it is also coloured. */
  readonly pointer: string;
  readonly separator: string;
  readonly barFull: string;
  readonly barEmpty: string;
  readonly mask: string;
  /** A cursor between characters, for where inverse video may be missing. */
  readonly cursor: string;
  readonly border: NonNullable<BoxProps['borderStyle']>;
  /** `type` is ink-spinner's name for the same frames. */
  readonly spinner: {readonly type: 'dots' | 'line'; readonly frames: readonly string[]};
};

/** What things mean, and how this terminal shows it. Colour only underlines what words and glyphs say already. */
export type Theme = {
  readonly isColored: boolean;
  readonly accent: TextStyle;
  readonly dim: TextStyle;
  readonly good: TextStyle;
  readonly warning: TextStyle;
  readonly bad: TextStyle;
  readonly selection: TextStyle;
  /** The six fills of a chart, the last for what is left over. They differ as characters already. */
  readonly series: readonly TextStyle[];
  readonly glyphs: Glyphs;
};

export const unicodeGlyphs: Glyphs = {
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  to: '→',
  ellipsis: '…',
  done: '✓',
  failed: '✗',
  warning: '!',
  checked: '[✓]',
  unchecked: '[ ]',
  pointer: '❯',
  separator: '·',
  barFull: '█',
  barEmpty: '░',
  mask: '•',
  cursor: '▏',
  border: 'round',
  spinner: {type: 'dots', frames: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']},
};

export const asciiGlyphs: Glyphs = {
  up: 'Up',
  down: 'Down',
  left: 'Left',
  right: 'Right',
  to: '->',
  ellipsis: '...',
  done: '+',
  failed: 'x',
  warning: '!',
  checked: '[x]',
  unchecked: '[ ]',
  pointer: '>',
  separator: '-',
  barFull: '#',
  barEmpty: '.',
  mask: '*',
  cursor: '|',
  border: 'classic',
  spinner: {type: 'line', frames: ['-', '\\', '|', '/']},
};

/**
 * Only the eight plain colours and attributes: the terminal's own palette makes them readable on its own background.
 * Bright black and white are left out, because they vanish on some (Solarized) and on light ones; the attribute for
 * faint text does not. Without colour the meanings keep weight and inverse video, which NO_COLOR does not speak of.
 */
export function makeTheme({color, ascii}: {readonly color: boolean; readonly ascii: boolean}): Theme {
  const glyphs = ascii ? asciiGlyphs : unicodeGlyphs;
  const common = {isColored: color, glyphs, dim: {dimColor: true}, selection: {inverse: true}};
  if (!color) return {...common, accent: {bold: true}, good: {}, warning: {bold: true}, bad: {bold: true}, series: []};
  return {
    ...common,
    accent: {color: 'cyan'},
    good: {color: 'green'},
    warning: {color: 'yellow'},
    bad: {color: 'red', bold: true},
    series: [{color: 'cyan'}, {color: 'magenta'}, {color: 'green'}, {color: 'yellow'}, {color: 'blue'}, {}],
  };
}

export const ThemeContext = createContext<Theme>(makeTheme({color: false, ascii: false}));

/** The session's theme; without a provider the one that needs no colour. */
export function useTheme(): Theme {
  return useContext(ThemeContext);
}
