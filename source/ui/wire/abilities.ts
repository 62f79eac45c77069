/** What a terminal is known to understand beyond what a VT100 did. */
export type Abilities = {
  /** Inserting and deleting lines (IL, DL). */
  readonly canDeleteLines: boolean;
  /** Attributes switched off one by one (SGR 22 to 29). */
  readonly canSwitchOff: boolean;
  /** Synchronized output (mode 2026), or at least no offence taken at it. */
  readonly canSynchronize: boolean;
};

/** Emulators of today. GNU screen (and the tmux that calls itself so), the Linux console and VT100s are none of them. */
const MODERN =
  /^(?:xterm|tmux|alacritty|contour|foot|ghostty|gnome|iterm|kitty|konsole|mintty|ms-terminal|putty|rxvt|st|vte|wezterm)/i;

/** Of a terminal by the name in `TERM`; where it says nothing, or `dumb`, a VT100 is assumed, as it always was. */
export function abilitiesOf(term: string | undefined): Abilities {
  const isModern = term !== undefined && MODERN.test(term);
  const isBetter = isModern || /^(?:screen|linux)/.test(term ?? '');
  return {
    canDeleteLines: isBetter,
    canSwitchOff: isBetter,
    canSynchronize: isModern,
  };
}
