import {Box} from 'ink';
import {render} from 'ink-testing-library';
import {describe, expect, test, vi} from 'vitest';
import {Bordered} from '../../../source/ui/components/bordered.tsx';
import {Busy} from '../../../source/ui/components/busy.tsx';
import {Grid} from '../../../source/ui/components/grid.tsx';
import {List} from '../../../source/ui/components/list.tsx';
import {marksOf} from '../../../source/ui/state/sought.ts';
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

type Looks = Partial<Pick<Parameters<typeof Grid>[0], 'sort' | 'marks'>> & {readonly ascii?: boolean};

function grid(color: boolean, row: number, column: number, {ascii = false, ...looks}: Looks = {}): readonly string[] {
  const {lastFrame} = render(
    <ThemeContext value={makeTheme({color, ascii})}>
      <Box flexDirection="column" width={42}>
        <Grid
          dataset={dataset}
          rows={allRows(dataset.rowCount)}
          placed={placed}
          sizes={sizes}
          table={{...START, row, column}}
          height={3}
          {...looks}
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

describe('what is searched for', () => {
  const marks = marksOf({kind: 'text', text: 'comp', place: 'table'}, dataset);

  test('is underlined, in the cell under the cursor too, and shifts nothing', () => {
    const lines = grid(true, 1, 1, {marks});
    expect(lines[1]).toContain('\x1b[4m\x1b[36mcomp\x1b[39m\x1b[24m');
    expect(lines[2]).toMatch(/\x1b\[7m.*\x1b\[4m.*comp/);
    const plain = (line: string) => line.replaceAll(/\x1b\[\d+m/g, '');
    expect(lines.map(plain)).toEqual(grid(true, 1, 1).map(plain));
  });

  test('is underlined and bold without colour', () => {
    const lines = grid(false, 0, 1, {marks});
    expect(lines[2]).toContain('\x1b[4m\x1b[1mcomp\x1b[22m\x1b[24m');
    expect(lines[1]?.replaceAll(/\x1b\[\d+m/g, '')).toBe(' 2026-11-16 [completions  ]            0');
  });
});

test('sorted columns say in which direction, and which comes first', () => {
  const sort = [
    {column: 'date', isReversed: true},
    {column: 'endpoint_type', isReversed: false},
  ];
  expect(grid(true, 0, 0, {sort})[0]).toContain(' date ↓1');
  expect(grid(true, 0, 0, {sort})[0]).toContain('endpoint_ty…↑2 input_tokens');
  expect(grid(true, 0, 0, {sort: sort.slice(0, 1), ascii: true})[0]).toContain(' date v  ');
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
