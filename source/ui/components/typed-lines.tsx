import {Box, Text} from 'ink';
import {printableName} from '../../view/printable.ts';
import {secretIn} from '../../view/secret.ts';
import {fitText, widthOf} from '../../view/width.ts';
import {useSize} from '../hooks/use-size.ts';
import {textWidth} from '../layout.ts';
import {problemLines} from '../state/room.ts';
import type {TypedPrompt} from '../state/typed-prompt.ts';
import {type Glyphs, useTheme} from '../theme.ts';
import {Field} from './field.tsx';
import type {Fields} from './fields.ts';
import {Lines} from './line.tsx';

type TypedLinesProps = {readonly prompt: TypedPrompt; readonly fields: Fields};

/** The prompt of `/` or `f`. */
export function TypedLines({prompt, fields}: TypedLinesProps) {
  const size = useSize();
  const {glyphs} = useTheme();
  const {kind, text, secretOf, problem} = prompt;
  const isSecret = secretOf !== undefined && text === '';
  const label = labelOf(prompt, glyphs);
  const width = textWidth(size) - widthOf(label);
  const onChange = (typed: string) => {
    // Half a key without its beginning looks like any other text: what remains of a secret must not become one.
    const isRemains = isSecret && secretIn(typed) === undefined && !typed.startsWith(fields.secret.current);
    fields.onTyped(isRemains && !'sk-'.startsWith(typed) ? '' : typed);
  };
  return (
    <>
      <Box>
        <Text>{` ${label}`}</Text>
        <Field
          value={isSecret ? fields.secret.current : text}
          isMasked={isSecret}
          onChange={onChange}
          placeholder={kind === 'filter' ? hintFor(width, glyphs) : ''}
          width={width}
        />
      </Box>
      {problem && <Lines texts={problemLines(problem, size)} tone="bad" />}
    </>
  );
}

const WIDEST_NAME = 22;

function labelOf({kind, target}: TypedPrompt, {ellipsis}: Glyphs): string {
  if (kind === 'search') return 'Search: ';
  if (!target) return 'Filter: ';
  const name = printableName(target.column.name);
  const shown = widthOf(name) <= WIDEST_NAME ? name : fitText(name, WIDEST_NAME, 'left', ellipsis).trimEnd();
  return `Filter (${shown}): `;
}

/** What may be typed, as much of it as there is room for beside the cursor. */
function hintFor(width: number, {separator}: Glyphs): string {
  const forms = ['text', '= ! this cell', '= x', '! x', '< > number'];
  const hints = [forms, ['text', '= ! this cell', '< > 9'], ['text', '= ! < >']];
  const fitting = hints.map(parts => parts.join(` ${separator} `)).find(hint => hint.length < width);
  return fitting ?? '';
}
