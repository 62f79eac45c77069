import {PLAIN} from './plain.js';

/** Nor do ESC and the line feed join; a line feed does with a carriage return. */
const apart = new RegExp(`^[\\n\\x1b${PLAIN}]*$`);

/** Stands for Intl.Segmenter in Ink's packages, which all want graphemes. */
class Segmenter {
  /** @type {Intl.Segmenter | undefined} */
  #real;

  /** @param {ConstructorParameters<typeof Intl.Segmenter>} options */
  constructor(...options) {
    this.options = options;
  }

  /**
   * The segments of a text. ICU's tables, 9 ms, are loaded for the first one whose characters might join.
   *
   * @param {string} text
   * @returns {Pick<Intl.Segments, 'containing'> & Iterable<Intl.SegmentData>}
   */
  segment(text) {
    if (apart.test(text)) return new Characters(text);
    this.#real ??= new globalThis.Intl.Segmenter(...this.options);
    return this.#real.segment(text);
  }
}

/** The segments of a text each of whose characters stands for itself. */
class Characters {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }

  containing(index = 0) {
    const segment = this.text[index];
    return segment === undefined ? undefined : {segment, index, input: this.text};
  }

  *[Symbol.iterator]() {
    let index = 0;
    for (const segment of this.text) yield {segment, index: index++, input: this.text};
  }
}

const graphemes = {Segmenter};

export {graphemes as Intl};
