/**
 * How a span is drawn behind its text, as CSS: the editor takes what follows a background colour as such. Nothing of
 * it touches the text itself: `before`, `after` and the like part a run of letters, which are joined in another way
 * then, and stand in another order where they run from right to left.
 */

/** How the line of a span looks. */
export type Stroke = 'solid' | 'dashed' | 'dotted';

const STROKES: Readonly<Record<Stroke, { period: number; share: number }>> = {
  solid: { period: 6, share: 100 },
  dashed: { period: 6, share: 60 },
  dotted: { period: 4, share: 50 },
};

/** Where the lines of the levels run (see `placesOf`): below the line of text, below its letters, above it. */
const LINE_PLACES = ['left bottom', 'left bottom 3px', 'left top'] as const;

/** A line in the whole width of a span. @param level which of three lines it is */
export function lineCss(color: string, stroke: Stroke, level: 0 | 1 | 2): string[] {
  const { period, share } = STROKES[stroke];
  return [`${dash('90deg', color, share)} ${LINE_PLACES[level]} / ${period}px 2px repeat-x`];
}

/** Lines at the left and the right end of a span, and, where it is to be a box, above and below it. */
export function edgesCss(color: string, stroke: Stroke, isBox: boolean): string[] {
  const { period, share } = STROKES[stroke];
  const [upright, level] = [dash('180deg', color, share), dash('90deg', color, share)];
  const ends = ['left', 'right'].map((end) => `${upright} ${end} top / 1px ${period}px repeat-y`);
  const others = ['top', 'bottom'].map((end) => `${level} left ${end} / ${period}px 1px repeat-x`);
  return isBox ? [...ends, ...others] : ends;
}

function dash(direction: string, color: string, share: number): string {
  return `linear-gradient(${direction}, ${color} ${share}%, transparent 0)`;
}

/** A background colour that carries images, the first on top, and further declarations. */
export function withImages(background: string, images: readonly string[], ...more: string[]): string {
  // From the very edge, be there a border or not.
  const layers = [...images.map((image) => `${image} border-box`), `${background} border-box`];
  return [background, `background: ${layers.join(', ')}`, ...more].filter(Boolean).join('; ');
}

/** How much of a label is shown, in characters; who wants to know all of it hovers. */
const MOST_SHOWN = 9;
/** The letters of a label, and how wide one is at most, in pixels. */
const FONT = 8;
const NARROW = 5.4;
/** The height of a label, and how much of it is above the line of text, where the letters are not. */
const HEIGHT = 9;
const ABOVE = 5;

/** Characters that are as wide as high. */
const WIDE = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{Emoji_Presentation}]/u;

/** Where a label hangs at its span: above its end, above its start, below its end. */
export type Corner = 'end' | 'start' | 'below';

/**
 * A label as a small image at a corner of its span, which takes no room: spans that are shorter than their label are
 * not stretched, and none is cut where a line is wrapped. It is the image of a border, the only one that CSS lets
 * reach over a box of which one can say nothing but declarations.
 */
export function labelCss(label: string, color: string, corner: Corner): string {
  const signs = [...label.replace(/\p{Surrogate}/gu, '\ufffd')];
  const shown = signs.length > MOST_SHOWN ? [...signs.slice(0, MOST_SHOWN - 1), '…'] : signs;
  const width = Math.ceil(shown.reduce((sum, sign) => sum + (WIDE.test(sign) ? FONT : NARROW), 1));
  const text = shown.join('').replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const fit = `textLength="${width - 1}" lengthAdjust="spacingAndGlyphs"`;
  const font = `font-family="sans-serif" font-weight="700" font-size="${FONT}"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT}"><text y="7.5" ${fit} ${font} fill="${color}">${text}</text></svg>`;
  const image = `url("data:image/svg+xml,${encodeURIComponent(svg)}")`;
  // Which part of the image is a corner, how big that is drawn, how far it reaches over the box: top, right, bottom, left.
  const places = {
    end: [`${HEIGHT} ${width} 0 0`, `${HEIGHT}px ${width}px 0 0`, `${ABOVE}px 0 0 ${width}px`],
    start: [`${HEIGHT} 0 0 ${width}`, `${HEIGHT}px 0 0 ${width}px`, `${ABOVE}px ${width}px 0 0`],
    below: [`0 ${width} ${HEIGHT} 0`, `0 ${width}px ${HEIGHT}px 0`, `0 0 ${ABOVE}px ${width}px`],
  };
  return `box-sizing: border-box; border: 1px solid transparent; border-image: ${image} ${places[corner].join(' / ')}`;
}
