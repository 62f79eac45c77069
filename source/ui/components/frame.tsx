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
  const tags = useTags(isDemo);
  const titleWidth = useTitleWidth(isDemo);
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
        {cutText(title, titleWidth, theme.glyphs.ellipsis)}
      </Text>
      <Box flexDirection="column" flexGrow={1} flexShrink={1} overflowY="hidden">
        {children}
      </Box>
      <Lines texts={messageLines(message, size)} tone={message?.tone ?? 'plain'} />
      <Line text={footerFor(keys, width, theme.glyphs)} tone="dim" />
    </Box>
  );
}

/** What stands before the title of every screen: that the figures are made up, that nothing is asked. */
function useTags(isDemo: boolean): readonly string[] {
  const isOffline = useOffline();
  return [...(isDemo ? ['DEMO'] : []), ...(isOffline ? ['OFFLINE'] : [])];
}

/** The columns that a title may take. */
export function useTitleWidth(isDemo: boolean): number {
  const {separator} = useTheme().glyphs;
  const taken = useTags(isDemo).reduce((width, tag) => width + tag.length + separator.length + 2, 0);
  return textWidth(useSize()) - taken;
}
