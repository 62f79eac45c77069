import {Box, Text} from 'ink';
import {Table} from 'ink-table';
import type {PropsWithChildren} from 'react';
import {asciiGlyphs, useTheme} from '../theme.ts';

type BorderedRow = Readonly<Record<string, string>>;

/** A small bordered table. ink-table pads by `.length`: give it plain ASCII, no names from outside. */
export function Bordered({rows}: {readonly rows: readonly BorderedRow[]}) {
  const {glyphs} = useTheme();
  return (
    <Box marginLeft={1}>
      <Table data={[...rows]} header={Heading} cell={Cell} skeleton={glyphs === asciiGlyphs ? AsciiBorder : Cell} />
    </Box>
  );
}

function Heading({children}: PropsWithChildren) {
  return <Text bold>{children}</Text>;
}

function Cell({children}: PropsWithChildren) {
  return <Text>{children}</Text>;
}

function AsciiBorder({children}: PropsWithChildren) {
  const drawn = String(children)
    .replaceAll('─', '-')
    .replaceAll('│', '|')
    .replaceAll(/[^\-|]/g, '+');
  return <Text>{drawn}</Text>;
}
