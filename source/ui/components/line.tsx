import {Text} from 'ink';
import {fitText, widthOf} from '../../view/width.ts';
import {useSize} from '../hooks/use-size.ts';
import {textWidth} from '../layout.ts';
import type {Tone} from '../state/results.ts';
import {type TextStyle, type Theme, useTheme} from '../theme.ts';

/** A tone as the terminal shows it. */
export function styleOf(tone: Tone | 'dim' | 'accent', theme: Theme): TextStyle {
  return tone === 'plain' ? {} : theme[tone];
}

/** One line of printable text inside the margins, cut where it is too long. */
export function Line({text, tone = 'plain'}: {readonly text: string; readonly tone?: Tone | 'dim' | 'accent'}) {
  const theme = useTheme();
  const width = textWidth(useSize());
  return (
    <Text wrap="truncate" {...styleOf(tone, theme)}>
      {` ${cutText(text, width, theme.glyphs.ellipsis)}`}
    </Text>
  );
}

/** Lines that are wrapped already, as one text; nothing where there are none. */
export function Lines({texts, tone = 'plain'}: {readonly texts: readonly string[]; readonly tone?: Tone | 'dim'}) {
  const theme = useTheme();
  if (texts.length === 0) return null;
  return <Text {...styleOf(tone, theme)}>{texts.map(text => ` ${text}`).join('\n')}</Text>;
}

/** The text, with an ellipsis where it is longer than `width` columns; never padded. */
export function cutText(text: string, width: number, ellipsis: string): string {
  return widthOf(text) <= width ? text : fitText(text, width, 'left', ellipsis).trimEnd();
}
