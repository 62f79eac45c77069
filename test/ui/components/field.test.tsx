import {useState} from 'react';
import {expect, test} from 'vitest';
import {Field, type FieldProps} from '../../../source/ui/components/field.tsx';
import {makeTheme} from '../../../source/ui/theme.ts';
import {renderWithKeys} from '../typing.tsx';

function Form({initial = '', ...props}: Partial<FieldProps> & {readonly initial?: string}) {
  const [value, setValue] = useState(initial);
  return <Field {...props} value={value} onChange={setValue} />;
}

function Clearing() {
  const [value, setValue] = useState('old');
  return <Field value={value} onChange={setValue} onNextField={() => setValue('new')} />;
}

test('shows what is typed, however it arrives, and where the cursor is', async () => {
  const {type, shows} = renderWithKeys(<Form />);
  type('2026-1');
  await shows('2026-1▏');
  type('\x1b[D\x1b[D\x7f/');
  await shows('202/▏-1');
});

test('shows its placeholder while it is empty', async () => {
  const {type, shows} = renderWithKeys(<Form placeholder="2026-10-01" />);
  await shows('▏2026-10-01');
  type('2');
  await shows('2▏');
  type('\x7f');
  await shows('▏2026-10-01');
});

test('masks a key, which is nowhere on the screen', async () => {
  const {type, shows, frames} = renderWithKeys(<Form isMasked />);
  type('\x1b[200~sk-admin-secret\n\x1b[201~');
  await shows('•••••••••••••••▏');
  type('\x1b[H\x1b[3~');
  await shows('▏••••••••••••••');
  expect(frames.join('')).not.toMatch(/sk|secret|x/);
});

test('replaces a proposed value by what is typed', async () => {
  const {type, shows} = renderWithKeys(<Form initial="usage.csv" isProposed />);
  await shows('usage.csv▏');
  type('ab');
  await shows('ab▏');
});

test('keeps a proposed value after a cursor key', async () => {
  const {type, shows} = renderWithKeys(<Form initial="usage.csv" isProposed />);
  type('\x1b[C2');
  await shows('usage.csv2▏');
});

test('scrolls sideways when it is too narrow, wide characters included', async () => {
  const {type, shows} = renderWithKeys(<Form width={8} />);
  type('abcdefgh');
  await shows('cdefgh▏');
  type('日本');
  await shows('gh日本▏');
  type('\x1b[H');
  await shows('▏abcdefg');
});

test('accepts with Enter, leaves with Escape, moves on with Tab and Shift+Tab', async () => {
  const calls: string[] = [];
  const {type, shows} = renderWithKeys(
    <Form
      onAccept={value => calls.push(`accept ${value}`)}
      onLeave={() => calls.push('leave')}
      onNextField={() => calls.push('next')}
      onPreviousField={() => calls.push('previous')}
    />,
  );
  type('ab\r\t\x1b[Z\x1b[Ac');
  await shows('abc▏');
  expect(calls).toEqual(['accept ab', 'next', 'previous']);
  type('\x1b');
  await expect.poll(() => calls.at(-1)).toBe('leave');
});

test('takes no keys and shows no cursor while it is not active', async () => {
  const {type, shows} = renderWithKeys(
    <>
      <Form initial="first" isActive={false} />
      <Form initial="second " />
    </>,
  );
  type('x');
  await shows('first\nsecond x▏');
});

test('follows a value that is changed from outside', async () => {
  const {type, shows} = renderWithKeys(<Clearing />);
  type('er\t!');
  await shows('new!▏');
});

test('needs no other glyphs than ASCII where the terminal has none', async () => {
  const {type, shows} = renderWithKeys(<Form isMasked />, makeTheme({color: false, ascii: true}));
  type('key');
  await shows('***|');
});
