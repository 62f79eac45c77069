import {Text} from 'ink';
import {useEffect, useState} from 'react';
import {expect, test} from 'vitest';
import {useDiscardKeys, useHeldKeys, useKeys} from '../../../source/ui/hooks/use-keys.tsx';
import {spell} from '../../../source/ui/keys.ts';
import type {Key} from '../../../source/ui/sequences.ts';
import {renderWithKeys} from '../typing.tsx';

/** Reads the row from its render, as a component does: two keys before a commit would count as one. */
function Rows() {
  const [row, setRow] = useState(0);
  useKeys(key => {
    if (spell(key) === 'j') setRow(row + 1);
    if (spell(key) === 'up') setRow(row - 1);
  });
  return <Text>row {row}</Text>;
}

function Screen({name, onEnter}: {name: string; onEnter: () => void}) {
  useKeys(key => {
    if (key.name === 'enter') onEnter();
  });
  return <Text>{name}</Text>;
}

function Screens() {
  const [step, setStep] = useState(0);
  const name = ['dates', 'endpoints', 'fetch'][step] ?? 'too far';
  return <Screen key={name} name={name} onEnter={() => setStep(step + 1)} />;
}

function Late() {
  const [isReady, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  return isReady ? <Rows /> : <Text>wait</Text>;
}

function Opening() {
  const [isOpen, setOpen] = useState(false);
  useKeys(() => setOpen(true), {isActive: !isOpen});
  return isOpen ? <Typed /> : <Text>closed</Text>;
}

function Typed() {
  const [text, setText] = useState('');
  useKeys(key => setText(`${text}${spell(key)}`));
  return <Text>[{text}]</Text>;
}

function Closing({heard}: {heard: string[]}) {
  const [isOpen, setOpen] = useState(true);
  useKeys(
    () => {
      heard.push('open');
      setOpen(false);
    },
    {isActive: isOpen},
  );
  return <Text>{isOpen ? 'open' : 'closed'}</Text>;
}

const isEscape = ({name}: Key) => name === 'escape';

/** Waits after `f` until Escape gives that up. */
function Holding() {
  const [text, setText] = useState('');
  const [isHeld, setHeld] = useState(false);
  useHeldKeys(isHeld, isEscape);
  useKeys(key => {
    setText(`${text}${spell(key)} `);
    setHeld(spell(key) === 'f');
  });
  return <Text>[{text}]</Text>;
}

function Dropping() {
  const [count, setCount] = useState(0);
  const discard = useDiscardKeys();
  useKeys(() => {
    setCount(count + 1);
    if (count === 0) discard();
  });
  return <Text>{count} keys</Text>;
}

test('jjj in one chunk moves three rows', async () => {
  const {type, shows} = renderWithKeys(<Rows />);
  type('jjj');
  await shows('row 3');
});

test('a key held down for long moves as many rows as it came, through every kind of chunk', async () => {
  const {type, shows} = renderWithKeys(<Rows />);
  type('j'.repeat(60));
  type(`${'\x1b[A'.repeat(19)}\x1b`);
  type('[A');
  await shows('row 40');
});

test('Enter Enter in one chunk goes through two screens, not more', async () => {
  const {type, shows} = renderWithKeys(<Screens />);
  type('\r\r');
  await shows('fetch');
});

test('keys typed before anything listens are not lost', async () => {
  const {type, shows} = renderWithKeys(<Late />);
  type('jj');
  await shows('row 2');
});

test('a key that opens a field is not typed into it', async () => {
  const {type, shows} = renderWithKeys(<Opening />);
  type('/ab');
  await shows('[ab]');
});

test('a key that closes a component does not reach it', async () => {
  const heard: string[] = [];
  const {type, shows} = renderWithKeys(<Closing heard={heard} />);
  type('xx');
  await shows('closed');
  expect(heard).toEqual(['open']);
});

test('a screen that appears by itself drops what was typed ahead', async () => {
  const {type, shows} = renderWithKeys(<Dropping />);
  type('abc');
  await shows('1 keys');
  type('d');
  await shows('2 keys');
});

test('keys held back come in their order once they may, and an urgent one before them', async () => {
  const {type, shows} = renderWithKeys(<Holding />);
  type('afbc\x1b');
  await shows('[a f escape b c ]');
});
