import {Box, Text} from 'ink';
import {LEAST, type Size} from '../layout.ts';
import {wrapText} from '../wrap.ts';

/** What a terminal shows that is too small for the screens: the size they need, as far as even that fits. */
export function TooSmall({size, isDemo}: {readonly size: Size; readonly isDemo: boolean}) {
  const text = `${isDemo ? 'DEMO: ' : ''}openai-usage needs ${LEAST.columns}x${LEAST.rows}, here are ${size.columns}x${size.rows}. Make it larger, or q.`;
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows} overflowY="hidden">
      <Text>{wrapText(text, size.columns).slice(0, size.rows).join('\n')}</Text>
    </Box>
  );
}
