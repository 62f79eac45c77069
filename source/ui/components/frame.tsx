import {Box, Text} from 'ink';
import {Fragment, type ReactNode} from 'react';
import {useOffline} from '../hooks/use-offline.ts';
import {useSize} from '../hooks/use-size.ts';
import {footerFor} from '../key-labels.ts';
import type {Screen} from '../keymap.ts';
import {textWidth} from '../layout.ts';
import type {Message} from '../state/results.ts';
import {messageLines} from '../state/room.ts';
import {useTheme} from '../theme.ts';
import {cutText, Line, Lines} from './line.tsx';

type FrameProps = {
  readonly title: string;
  readonly isDemo: boolean;
  /** Whose keys the footer names. */
  readonly keys: Screen;
  readonly message?: Message | undefined;
  readonly children: ReactNode;
};

/** Exactly the terminal: header line, body, what is said until the next key, footer. */
export function Frame({title, isDemo, keys, message, children}: FrameProps) {
  const size = useSize();
  const theme = useTheme();
  const width = textWidth(size);
  const isOffline = useOffline();
  const tags = [...(isDemo ? ['DEMO'] : []), ...(isOffline ? ['OFFLINE'] : [])];
  const tag = tags.map(each => `${each} ${theme.glyphs.separator} `).join('');
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows} overflowY="hidden">
      <Text wrap="truncate" bold>
        {' '}
        {tags.map(each => (
          <Fragment key={each}>
            <Text {...theme.warning}>{`${each} `}</Text>
            {`${theme.glyphs.separator} `}
          </Fragment>
        ))}
        {cutText(title, width - tag.length, theme.glyphs.ellipsis)}
      </Text>
      <Box flexDirection="column" flexGrow={1} flexShrink={1} overflowY="hidden">
        {children}
      </Box>
      <Lines texts={messageLines(message, size)} tone={message?.tone ?? 'plain'} />
      <Line text={footerFor(keys, width, theme.glyphs)} tone="dim" />
    </Box>
  );
}
