/** What the fields of the results' screens tell. */
export type Fields = {
  readonly onPath: (path: string) => void;
  /** Into the prompt of `/` or `f`. A secret goes no further than `secret`. */
  readonly onTyped: (text: string) => void;
  readonly onNarrow: (text: string) => void;
  /** The secret being typed, which is kept out of the state; empty where there is none. */
  readonly secret: {current: string};
};
