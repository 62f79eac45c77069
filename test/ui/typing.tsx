import {PassThrough} from 'node:stream';
import {render} from 'ink-testing-library';
import type {ReactNode} from 'react';
import {onTestFinished, vi} from 'vitest';
import {KeysProvider} from '../../source/ui/hooks/use-keys.tsx';
import {createKeyboard} from '../../source/ui/keyboard.ts';
import {makeTheme, type Theme, ThemeContext} from '../../source/ui/theme.ts';

/**
 * Draws a component on 100 columns with a keyboard of its own: `type` sends one chunk as a terminal would, `shows`
 * waits until the frame is as it says.
 */
export function renderWithKeys(node: ReactNode, theme: Theme = makeTheme({color: false, ascii: false})) {
  const stdin = new PassThrough();
  const keyboard = createKeyboard({stdin, escapeDelay: 20});
  const {lastFrame, unmount, frames} = render(
    <ThemeContext value={theme}>
      <KeysProvider keyboard={keyboard}>{node}</KeysProvider>
    </ThemeContext>,
  );
  keyboard.start();
  onTestFinished(() => {
    keyboard.stop();
    unmount();
  });
  return {
    frames,
    type: (input: string) => void stdin.write(input),
    shows: (text: string) =>
      vi.waitFor(
        () => {
          if (lastFrame() !== text) throw new Error(`The frame is ${JSON.stringify(lastFrame())}`);
        },
        {timeout: 4000, interval: 5},
      ),
  };
}
