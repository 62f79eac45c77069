import {expect, test} from 'vitest';
import {detailLines} from '../../../source/ui/state/details-lines.ts';

test('a row has a line for each field, be there more of them than the stack has room for', () => {
  const field = {section: undefined, shown: '1', raw: '1'};
  const fields = Array.from({length: 150_000}, (_, number) => ({...field, name: `f${number}`}));
  const lines = detailLines(fields, 40, '…');
  expect([lines.length, lines[0]?.text, lines.at(-1)?.text]).toEqual([150_000, 'f0       1', 'f149999  1']);
});
