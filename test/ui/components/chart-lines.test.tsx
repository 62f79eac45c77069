import {render} from 'ink-testing-library';
import {expect, test, vi} from 'vitest';
import {ChartLines} from '../../../source/ui/components/chart-lines.tsx';
import {makeTheme, ThemeContext} from '../../../source/ui/theme.ts';
import type {ChartLine} from '../../../source/view/chart-lines.ts';

// Chalk looks at the environment once, when it is loaded.
vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '1'));

const lines: readonly ChartLine[] = [
  [
    {text: '$5 ┤'},
    {text: '██', series: 0},
    {text: ' '},
    {text: '██', series: 0},
    {text: '▒', series: 1},
    {text: '⋅', series: 5},
  ],
  [{text: '$0 └'}],
];

function frame(color: boolean, from = 0): string {
  const {lastFrame} = render(
    <ThemeContext value={makeTheme({color, ascii: false})}>
      <ChartLines lines={lines} from={from} />
    </ThemeContext>,
  );
  return lastFrame() ?? '';
}

test('a series has its colour beside its character, and what is left over has none', () => {
  expect(frame(true)).toBe(' $5 ┤\x1b[36m██ ██\x1b[35m▒\x1b[39m⋅\n $0 └');
});

test('without colour the characters are the same', () => {
  expect(frame(false)).toBe(' $5 ┤██ ██▒⋅\n $0 └');
});

test('only what is in sight is drawn', () => {
  expect(frame(false, 1)).toBe(' $0 └');
});
