import {Box, Text} from 'ink';
import {useSize} from '../hooks/use-size.ts';
import {textWidth} from '../layout.ts';
import type {ResultsState} from '../state/results.ts';
import {problemLines} from '../state/room.ts';
import type {TypedPrompt} from '../state/search.ts';
import {Field} from './field.tsx';
import type {Fields} from './fields.ts';
import {Lines} from './line.tsx';

type TypedLinesProps = {readonly prompt: TypedPrompt; readonly results: ResultsState; readonly fields: Fields};

/** The prompt of `/` or `f`. */
export function TypedLines({prompt, fields}: TypedLinesProps) {
  const size = useSize();
  const {kind, text, secretOf, problem} = prompt;
  const label = kind === 'search' ? 'Search: ' : 'Filter: ';
  return (
    <>
      <Box>
        <Text>{` ${label}`}</Text>
        <Field
          value={secretOf ? fields.secret.current : text}
          isMasked={secretOf !== undefined}
          onChange={fields.onTyped}
          width={textWidth(size) - label.length}
        />
      </Box>
      {problem && <Lines texts={problemLines(problem, size)} tone="bad" />}
    </>
  );
}
