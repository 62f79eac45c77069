import {createContext, useContext} from 'react';
import type {Size} from '../layout.ts';

export const SizeContext = createContext<Size>({columns: 80, rows: 24});

/** The terminal's size, as the state knows it: one size for all that is drawn in one frame. */
export function useSize(): Size {
  return useContext(SizeContext);
}
