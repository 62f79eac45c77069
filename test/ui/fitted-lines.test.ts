import {expect, test} from 'vitest';
import {fittedLines} from '../../source/ui/fitted-lines.ts';
import {widthOf} from '../../source/view/width.ts';

const text = 'Cannot write /home/me/reports/november/x.csv: no. Choose another path.';

test('what fits is said whole', () => {
  const lines = ['Cannot write /home/me/reports/november/x.csv: no.', 'Choose another path.'];
  expect(fittedLines(text, 50, 2)).toEqual(lines);
});

test('a path loses its middle before the sentence loses its end', () => {
  expect(fittedLines(text, 30, 2)).toEqual(['Cannot write /home/m.../x.csv:', 'no. Choose another path.']);
});

test('words that are no paths stay, and what is too long all the same shows that it goes on', () => {
  expect(fittedLines(`${'x'.repeat(30)} is not known here`, 20, 2)).toEqual(['x'.repeat(20), 'xxxxxxxxxx is no ...']);
});

test('a path of wide characters stays inside', () => {
  for (const line of fittedLines(`Cannot write /${'報告'.repeat(60)}/x.csv. Choose another path.`, 38, 3)) {
    expect(widthOf(line)).toBeLessThanOrEqual(38);
  }
});
