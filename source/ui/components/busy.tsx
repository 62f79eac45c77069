import {Box, Text} from 'ink';
import Spinner from 'ink-spinner';
import {useSize} from '../hooks/use-size.ts';
import {textWidth} from '../layout.ts';
import {asciiGlyphs, useTheme} from '../theme.ts';
import {cutText} from './line.tsx';

/** A line that turns while something is waited for. Never more than one stands on a screen: one clock, one spinner. */
export function Busy({text}: {readonly text: string}) {
  const {glyphs, accent} = useTheme();
  const width = textWidth(useSize()) - 2;
  return (
    <Box>
      <Text> </Text>
      <Text {...accent}>
        <Spinner type={glyphs === asciiGlyphs ? 'line' : 'dots'} />
      </Text>
      <Text wrap="truncate"> {cutText(text, width, glyphs.ellipsis)}</Text>
    </Box>
  );
}
