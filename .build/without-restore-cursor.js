/**
 * Stands for restore-cursor, which Ink's cli-cursor brings: as the process leaves, whatever ended it, it shows the
 * cursor on standard error, which may be a file or a terminal that takes nothing. The session shows the cursor itself,
 * on the terminal it has hidden it on.
 *
 * @type {import('esbuild').Plugin}
 */
export const withoutRestoreCursor = {
  name: 'without-restore-cursor',
  setup(build) {
    build.onLoad({filter: /\/restore-cursor\/index\.js$/}, () => ({contents: 'export default () => {};'}));
  },
};
