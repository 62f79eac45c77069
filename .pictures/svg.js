/** Of one cell, and of the letters in it; the ratio of most monospaced fonts. */
const CELL = {width: 8, height: 18, baseline: 13, font: 13.3};
const MARGIN = 12;

const FOREGROUND = '#d0d4da';
const BACKGROUND = '#16191f';

/** The terminal's sixteen colours, readable on our own background, whatever the page's is. */
const BASIC = [
  ['#3b4048', '#e8737c', '#93c47d', '#e5c07b', '#6cacf0', '#c792ea', '#5fc4cf', '#c5cad3'],
  ['#79818d', '#ff8a93', '#aedc97', '#f5d590', '#8cc2ff', '#dab0f7', '#84dde6', '#ffffff'],
].flat();

/**
 * How much of their ground the shades cover.
 *
 * @type {Readonly<Record<string, number>>}
 */
const SHADES = {'░': 0.35, '▒': 0.6, '▓': 0.8};

/**
 * The directions in which lines go from the middle of a cell: a font is seldom as high as a cell, and leaves gaps.
 *
 * @type {Readonly<Record<string, string>>}
 */
const LINES = {
  '─': 'lr',
  '│': 'ud',
  '┌': 'rd',
  '╭': 'rd',
  '┐': 'ld',
  '╮': 'ld',
  '└': 'ru',
  '╰': 'ru',
  '┘': 'lu',
  '╯': 'lu',
  '├': 'rud',
  '┤': 'lud',
  '┬': 'lrd',
  '┴': 'lru',
  '┼': 'lrud',
};

/**
 * @typedef {object} Style
 * @property {string} color
 * @property {string} background
 * @property {boolean} bold
 * @property {boolean} dim
 * @property {boolean} underline
 */

/** @typedef {{column: number, width: number, text: string}} Cell */

/** @typedef {{style: Style, cells: Cell[]}} Run cells of one look, side by side */

/**
 * A picture of a screen. Every text is as wide as its cells whatever the font, and blocks are drawn, so that columns and
 * bars stand where they stand in a terminal. It needs nothing from elsewhere.
 *
 * @param {import('@xterm/headless').IBuffer} buffer
 * @param {{columns: number, rows: number}} size
 * @param {{title: string, description: string}} words
 */
export function svgOf(buffer, {columns, rows}, {title, description}) {
  const width = columns * CELL.width + 2 * MARGIN;
  const height = rows * CELL.height + 2 * MARGIN;
  const lines = Array.from({length: rows}, (_, row) => drawLine(runsOf(buffer, row, columns), row));
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="t d">`,
    `<title id="t">${escaped(title)}</title>`,
    `<desc id="d">${escaped(description)}</desc>`,
    `<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="8" fill="${BACKGROUND}" stroke="#79818d"/>`,
    `<g transform="translate(${MARGIN} ${MARGIN})" font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace" font-size="${CELL.font}" fill="${FOREGROUND}" style="white-space:pre">`,
    ...lines.flat(),
    '</g>',
    '</svg>',
  ].join('\n')}\n`;
}

/**
 * @param {import('@xterm/headless').IBuffer} buffer
 * @param {number} row
 * @param {number} columns
 */
function runsOf(buffer, row, columns) {
  /** @type {Run[]} */
  const runs = [];
  const line = buffer.getLine(row);
  for (let column = 0; line !== undefined && column < columns; column++) {
    const cell = line.getCell(column);
    if (cell === undefined || cell.getWidth() === 0) continue;
    const style = styleOf(cell);
    const place = {column, width: cell.getWidth(), text: cell.getChars() || ' '};
    const last = runs.at(-1);
    if (last !== undefined && isSame(last.style, style)) last.cells.push(place);
    else runs.push({style, cells: [place]});
  }
  return runs;
}

/**
 * @param {readonly Run[]} runs
 * @param {number} row
 */
function drawLine(runs, row) {
  const top = row * CELL.height;
  return runs.flatMap(({style, cells}) => {
    const {color, background, bold, dim, underline} = style;
    const look = `${color === FOREGROUND ? '' : ` fill="${color}"`}${dim ? ' opacity=".65"' : ''}`;
    const left = (cells[0]?.column ?? 0) * CELL.width;
    const width = cells.reduce((sum, cell) => sum + cell.width, 0) * CELL.width;
    const behind =
      background === BACKGROUND ? [] : [`<path d="${box(left, top, width, CELL.height)}" fill="${background}"/>`];
    /** @type {Map<number, string>} */
    const blocks = new Map();
    for (const cell of cells.filter(({text}) => isBlock(text))) {
      const ink = SHADES[cell.text] ?? 1;
      blocks.set(ink, (blocks.get(ink) ?? '') + block(cell.text, cell.column * CELL.width, top));
    }
    const drawn = [...blocks].map(
      ([ink, path]) => `<path d="${path}"${ink < 1 ? ` fill-opacity="${ink}"` : ''}${look}/>`,
    );
    const more = `${look}${bold ? ' font-weight="bold"' : ''}${underline ? ' text-decoration="underline"' : ''}`;
    return [...behind, ...drawn, ...textsIn(cells).map(words => letters(words, top, more))];
  });
}

/**
 * Where a block or two spaces stand, a new text begins: columns stay where they are.
 *
 * @param {readonly Cell[]} cells
 */
function textsIn(cells) {
  /** @type {Cell[]} */
  const texts = [];
  let isApart = true;
  for (const [index, {column, width, text}] of cells.entries()) {
    const isGap = text === ' ' && (isApart || (cells[index + 1]?.text ?? ' ') === ' ');
    const last = texts.at(-1);
    if (isGap || isBlock(text)) isApart = true;
    else if (isApart || last === undefined) {
      texts.push({column, width, text});
      isApart = false;
    } else {
      last.text += text;
      last.width += width;
    }
  }
  return texts;
}

/**
 * @param {Cell} cell
 * @param {number} top
 * @param {string} look
 */
function letters({column, width, text}, top, look) {
  const place = `x="${column * CELL.width}" y="${top + CELL.baseline}" textLength="${width * CELL.width}"`;
  return `<text ${place} lengthAdjust="spacingAndGlyphs"${look}>${escaped(text)}</text>`;
}

/** @param {string} text */
function isBlock(text) {
  return /^[\u2580-\u2593\u259a]$/.test(text) || Object.hasOwn(LINES, text);
}

/**
 * One of the blocks: so many eighths from below, or from the left; the upper half, or the right one; two quarters; all; or lines.
 *
 * @param {string} character
 * @param {number} left
 * @param {number} top
 */
function block(character, left, top) {
  const code = character.charCodeAt(0) - 0x2580;
  const {width, height} = CELL;
  const arms = LINES[character];
  if (arms !== undefined) return [...arms].map(arm => lineTo(arm, left, top)).join('');
  if (character in SHADES) return box(left, top, width, height);
  if (character === '▚') {
    return box(left, top, width / 2, height / 2) + box(left + width / 2, top + height / 2, width / 2, height / 2);
  }
  if (code === 0) return box(left, top, width, height / 2);
  if (code <= 8) return box(left, top + height - (height * code) / 8, width, (height * code) / 8);
  if (code < 16) return box(left, top, (width * (16 - code)) / 8, height);
  return box(left + width / 2, top, width / 2, height);
}

/**
 * A line of one pixel, from the middle of a cell to its edge.
 *
 * @param {string} arm
 * @param {number} left
 * @param {number} top
 */
function lineTo(arm, left, top) {
  const {width, height} = CELL;
  const [x, y] = [left + width / 2, top + height / 2];
  if (arm === 'l') return box(left, y, width / 2 + 1, 1);
  if (arm === 'r') return box(x, y, width / 2, 1);
  return arm === 'u' ? box(x, top, 1, height / 2 + 1) : box(x, y, 1, height / 2);
}

/**
 * @param {number} left
 * @param {number} top
 * @param {number} width
 * @param {number} height
 */
function box(left, top, width, height) {
  return `M${left} ${top}h${width}v${height}h${-width}z`;
}

/** @param {import('@xterm/headless').IBufferCell} cell */
function styleOf(cell) {
  const [ahead, behind] = [
    cell.isFgDefault() ? FOREGROUND : colorOf(cell.getFgColor(), cell.isFgRGB()),
    cell.isBgDefault() ? BACKGROUND : colorOf(cell.getBgColor(), cell.isBgRGB()),
  ];
  const isInverse = cell.isInverse() !== 0;
  return {
    color: isInverse ? behind : ahead,
    background: isInverse ? ahead : behind,
    bold: cell.isBold() !== 0,
    dim: cell.isDim() !== 0,
    underline: cell.isUnderline() !== 0,
  };
}

/**
 * @param {number} color one of 256, or red, green and blue in a number
 * @param {boolean} isRgb
 */
function colorOf(color, isRgb) {
  if (isRgb) return `#${color.toString(16).padStart(6, '0')}`;
  const basic = BASIC[color];
  if (basic !== undefined) return basic;
  const channels =
    color >= 232
      ? Array.from({length: 3}, () => 8 + 10 * (color - 232))
      : [36, 6, 1].map(step => Math.floor((color - 16) / step) % 6).map(level => (level === 0 ? 0 : 55 + 40 * level));
  return `#${channels.map(channel => channel.toString(16).padStart(2, '0')).join('')}`;
}

/**
 * @param {Style} one
 * @param {Style} other
 */
function isSame(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
