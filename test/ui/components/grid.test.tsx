import {Box} from 'ink';
import {render} from 'ink-testing-library';
import {expect, test, vi} from 'vitest';
import {Bordered} from '../../../source/ui/components/bordered.tsx';
import {Busy} from '../../../source/ui/components/busy.tsx';
import {Grid} from '../../../source/ui/components/grid.tsx';
import {List} from '../../../source/ui/components/list.tsx';
import {makeTheme, ThemeContext} from '../../../source/ui/theme.ts';
import {measureColumns} from '../../../source/view/column-sizes.ts';
import {visibleColumns} from '../../../source/view/layout.ts';
import {allRows} from '../../../source/view/rows.ts';
import {START} from '../../../source/view/viewport.ts';
import {aDataset, aQuery} from '../../helpers/fake-connection.ts';

// Chalk looks at the environment once, when it is loaded.
vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '1'));

const dataset = aDataset(aQuery(), 2);
const sizes = measureColumns(dataset);
const placed = visibleColumns(START.left, {columns: sizes, width: 40});

function grid(color: boolean, row: number, column: number): readonly string[] {
  const {lastFrame} = render(
    <ThemeContext value={makeTheme({color, ascii: false})}>
      <Box flexDirection="column" width={42}>
        <Grid
          dataset={dataset}
          rows={allRows(dataset.rowCount)}
          placed={placed}
          sizes={sizes}
          table={{...START, row, column}}
          height={3}
        />
      </Box>
    </ThemeContext>,
  );
  return (lastFrame() ?? '').split('\n');
}

test('the cell under the cursor is inverse, and no other', () => {
  const lines = grid(true, 1, 1);
  expect(lines[2]).toContain('\x1b[7mcompletions  \x1b[27m');
  expect(lines.filter(line => line.includes('\x1b[7m'))).toHaveLength(1);
});

test('without colour it stands between brackets', () => {
  const plain = grid(false, 0, 0).map(line => line.replaceAll(/\x1b\[\d+m/g, ''));
  expect(plain[1]).toBe('[2026-11-16] completions               0');
  expect(plain[2]).toBe(' 2026-11-16  completions               1');
});

test('a list longer than its room shows the part around the pointer', () => {
  const items = Array.from({length: 20}, (_, index) => `item ${index}`);
  const {lastFrame} = render(
    <Box flexDirection="column">
      <List items={items} cursor={10} height={3} />
    </Box>,
  );
  const plain = (lastFrame() ?? '').replaceAll(/\x1b\[\d+m/g, '');
  expect(plain).toBe('   item 9\n ❯ item 10\n   item 11');
});

test('borders are drawn in ASCII where that is asked for', () => {
  const {lastFrame} = render(
    <ThemeContext value={makeTheme({color: false, ascii: true})}>
      <Bordered rows={[{days: '7', rows: '1,204'}]} />
    </ThemeContext>,
  );
  const plain = (lastFrame() ?? '').replaceAll(/\x1b\[\d+m/g, '');
  expect(plain).toBe(
    [' +------+-------+', ' | days | rows  |', ' +------+-------+', ' | 7    | 1,204 |', ' +------+-------+'].join(
      '\n',
    ),
  );
});

test('the spinner turns', async () => {
  const {lastFrame, frames, unmount} = render(<Busy text="Checking" />);
  expect(lastFrame()).toContain('Checking');
  await vi.waitFor(() => expect(new Set(frames).size).toBeGreaterThan(1));
  unmount();
});
