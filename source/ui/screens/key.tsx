import {Box, Text} from 'ink';
import {useState} from 'react';
import {Busy} from '../components/busy.tsx';
import {Field} from '../components/field.tsx';
import {Frame} from '../components/frame.tsx';
import {Lines} from '../components/line.tsx';
import {List} from '../components/list.tsx';
import {cleanPaste} from '../edit.ts';
import {useKeys} from '../hooks/use-keys.tsx';
import {useSize} from '../hooks/use-size.ts';
import type {Screen} from '../keymap.ts';
import {bodyHeight, textWidth} from '../layout.ts';
import {KEY_CHOICES, type KeyChoice, type KeyState} from '../state/key.ts';
import type {Message} from '../state/results.ts';
import {messageLines, problemLines} from '../state/room.ts';
import {useTheme} from '../theme.ts';
import {wrapText} from '../wrap.ts';

const labels: Record<KeyChoice, string> = {
  enter: 'Enter an admin key',
  demo: 'Try the demo organization (no key, no network)',
  quit: 'Quit',
};

type KeyScreenProps = {
  readonly state: KeyState;
  readonly keys: Screen;
  readonly message: Message | undefined;
  /** What was typed before, after a terminal that was too small for the field. */
  readonly typed: string;
  readonly onType: (key: string) => void;
  /** A key was pasted onto the list, and is in the field by now. */
  readonly onPaste: () => void;
  readonly onKey: (key: string) => void;
};

/** Where to get a key, and a field for it. What is typed stays in this component: it is no part of the state. */
export function KeyScreen({state, keys, message, typed, onType, onPaste, onKey}: KeyScreenProps) {
  const size = useSize();
  const {glyphs} = useTheme();
  const [value, setValue] = useState(typed);
  /** What was said of an earlier key, and no longer holds once another is being typed. */
  const [dismissed, setDismissed] = useState<string>();
  const {step, connecting, problem, cursor} = state;
  const isTyping = step === 'typing' || connecting?.kind === 'key';
  const change = (next: string) => {
    // A key has no spaces: one that was copied with them is still that key.
    const cleaned = next.replaceAll(/\s/g, '');
    setValue(cleaned);
    setDismissed(problem);
    onType(cleaned);
  };
  useKeys(
    key => {
      if (key.name !== 'paste') return;
      change(cleanPaste(key.text));
      onPaste();
    },
    {isActive: !isTyping && !connecting},
  );
  const about = [
    'No admin key is set. Organization owners can create one:',
    `platform.openai.com ${glyphs.right} Settings ${glyphs.right} Organization ${glyphs.right} Admin keys`,
    'It is kept for this session only.',
  ].flatMap(sentence => wrapText(sentence, textWidth(size)));
  const room = bodyHeight(size) - messageLines(message, size).length;
  // What is above makes way for it.
  const below = problem && problem !== dismissed ? problemLines(problem, size, Math.max(2, room - 3)) : [];
  const isRoomy = room >= about.length + 8;
  const width = Math.min(textWidth(size) - 5, 80);
  return (
    <Frame title={`openai-usage ${glyphs.separator} Key`} isDemo={false} keys={keys} message={message}>
      {isRoomy && <Text> </Text>}
      <Lines texts={about.slice(0, Math.max(0, room - 3 - below.length))} />
      {isRoomy && <Text> </Text>}
      {isTyping ? (
        <Box>
          <Text>{' Key: '}</Text>
          <Field
            value={value}
            onChange={change}
            onAccept={() => {
              setDismissed(undefined);
              onKey(value);
            }}
            isMasked
            isActive={!connecting}
            width={width}
            placeholder="sk-admin-..."
          />
        </Box>
      ) : (
        <List items={KEY_CHOICES.map(choice => labels[choice])} cursor={cursor} height={3} isActive={!connecting} />
      )}
      {isRoomy && <Text> </Text>}
      {connecting && (
        <Busy
          text={
            connecting.kind === 'key' ? 'Checking the key; Esc cancels' : 'Starting the demo organization; Esc cancels'
          }
        />
      )}
      <Lines texts={below} tone="bad" />
    </Frame>
  );
}
