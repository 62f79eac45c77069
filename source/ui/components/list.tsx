import {useSize} from '../hooks/use-size.ts';
import {listWindow} from '../layout.ts';
import {useTheme} from '../theme.ts';
import {Line} from './line.tsx';

type ListProps = {
  readonly items: readonly string[];
  readonly cursor: number;
  /** Lines it may take. */
  readonly height: number;
  /** Whether the keys go here. */
  readonly isActive?: boolean;
};

/** A list with a pointer, as much of it as there is room for around the cursor. */
export function List({items, cursor, height, isActive = true}: ListProps) {
  const {glyphs} = useTheme();
  const size = useSize();
  const {from, to} = listWindow(items.length, cursor, Math.min(height, size.rows));
  return items.slice(from, to).map((item, index) => {
    const isCurrent = from + index === cursor;
    const pointer = isCurrent ? glyphs.pointer : ' ';
    return <Line key={item} text={`${pointer} ${item}`} tone={isCurrent && isActive ? 'accent' : 'plain'} />;
  });
}
