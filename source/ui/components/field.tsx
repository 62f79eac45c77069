import {Text} from 'ink';
import TextInput from 'ink-text-input';
import {useState} from 'react';
import {edit, graphemesOf, type Line, lineOf, visiblePart} from '../edit.ts';
import {useKeys} from '../hooks/use-keys.tsx';
import {actionFor} from '../keymap.ts';
import type {Key} from '../sequences.ts';
import {useTheme} from '../theme.ts';

export type FieldProps = {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onAccept?: (value: string) => void;
  readonly onLeave?: () => void;
  readonly onNextField?: () => void;
  readonly onPreviousField?: () => void;
  /** Shown while the value is empty. */
  readonly placeholder?: string;
  /** Shows a bullet for each character, for keys. */
  readonly isMasked?: boolean;
  /** The first value is a proposal: the first character typed replaces it, ← → End keep it. */
  readonly isProposed?: boolean;
  /** Whether it takes keys and shows a cursor. */
  readonly isActive?: boolean;
  /** Cells the field may use, its cursor included. */
  readonly width?: number;
};

/** A field of one line. `edit` decides what keys do, ink-text-input draws the text; this adds cursor and scrolling. */
export function Field({
  value,
  onChange,
  onAccept,
  onLeave,
  onNextField,
  onPreviousField,
  placeholder = '',
  isMasked = false,
  isProposed = false,
  isActive = true,
  width = 40,
}: FieldProps) {
  const theme = useTheme();
  const [edited, setEdited] = useState(() => lineOf(value, isProposed));
  const line = edited.value === value ? edited : lineOf(value);

  useKeys(
    key => {
      switch (actionFor('dateField', key)) {
        case 'accept':
          return onAccept?.(value);
        case 'leave':
          return onLeave?.();
        case 'nextField':
          return onNextField?.();
        case 'previousField':
          return onPreviousField?.();
        default:
          return apply(key);
      }
    },
    {isActive},
  );
  const apply = (key: Key) => {
    const next = edit(line, key);
    if (next === line) return;
    setEdited(next);
    if (next.value !== value) onChange(next.value);
  };

  const isEmpty = value === '';
  // What a mask hides goes no further than here: it is drawn from the number of characters.
  const shown = isEmpty ? {value: placeholder, cursor: 0} : isMasked ? covered(line) : line;
  // The bar that stands for a cursor where there may be no inverse video takes a cell of its own.
  const part = visiblePart(isActive ? shown : {...shown, cursor: 0}, theme.isColored || !isActive ? width : width - 1);
  const style = isEmpty ? theme.dim : isActive && line.isProposed ? theme.accent : {};
  const draw = (text: string) => (
    <TextInput
      value={text}
      onChange={onChange}
      focus={false}
      {...(isMasked && !isEmpty && {mask: theme.glyphs.mask})}
    />
  );
  const at = part.at === ' ' ? ' ' : draw(part.at);
  return (
    <Text wrap="truncate" {...style}>
      {draw(part.before)}
      {isActive && !theme.isColored && theme.glyphs.cursor}
      <Text inverse={isActive && theme.isColored}>{at}</Text>
      {draw(part.after)}
    </Text>
  );
}

function covered({value, cursor}: Line): Pick<Line, 'value' | 'cursor'> {
  return {
    value: 'x'.repeat(graphemesOf(value).length),
    cursor: graphemesOf(value.slice(0, cursor)).length,
  };
}
