/** Colours as `#rrggbb`; channels 0–255. */
type Rgb = readonly [number, number, number];

/**
 * Twelve colours that are told apart on light and dark backgrounds, with any of the three kinds of colour blindness,
 * too, as a test computes; the most distinct first.
 */
const PALETTE = [
  '#3b82f6',
  '#db0000',
  '#157137',
  '#c4bd68',
  '#c90e7d',
  '#0175ae',
  '#f78abc',
  '#acfecb',
  '#eb7319',
  '#4b34ff',
  '#04c1c1',
  '#677723',
];

const HEX = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i;

export function isHexColor(text: string): boolean {
  return HEX.test(text);
}

/** After so many steps of the golden angle round the colour circle, no colour is new. */
const CIRCLE_STEPS = 4613;
/** The colours of those steps that were needed already. */
const circle: string[] = [];

/** How many colours there are. */
const ALL_COLORS = 2 ** 24;

/**
 * A colour that is not among those taken: from the palette, then round the colour circle by the golden angle, then
 * (nobody tells so many apart) any. Where all are taken, one of them.
 */
export function nextColor(taken: ReadonlySet<string>): string {
  for (const color of PALETTE) if (!taken.has(color)) return color;
  for (let i = Math.max(0, taken.size - PALETTE.length); i < CIRCLE_STEPS; i++) {
    const color = (circle[i] ??= fromHsl((i * 137.508) % 360, 0.6, 0.42 + 0.08 * (i % 3)));
    if (!taken.has(color)) return color;
  }
  let color = '';
  for (let i = taken.size; i <= taken.size + ALL_COLORS; i++) {
    color = spreadColor(i);
    if (!taken.has(color)) break;
  }
  return color;
}

/** One of all colours, another for each of as many numbers that follow one another: the factor is odd. */
function spreadColor(i: number): string {
  return '#' + (Math.imul(i, 0x9e3779b1) & (ALL_COLORS - 1)).toString(16).padStart(6, '0');
}

/**
 * The nearest lighter or darker shade of a colour whose contrast against a background is at least
 * `ratio` (WCAG 2 contrast, 1–21).
 */
export function withContrast(color: string, background: string, ratio: number): string {
  const back = luminance(parse(background));
  const target: Rgb = back > 0.18 ? [0, 0, 0] : [255, 255, 255];
  const from = parse(color);
  for (let step = 0; step <= 20; step++) {
    const mixed = from.map((channel, i) =>
      Math.round(channel + ((target[i]! - channel) * step) / 20),
    ) as unknown as Rgb;
    const own = luminance(mixed);
    if ((Math.max(own, back) + 0.05) / (Math.min(own, back) + 0.05) >= ratio) return format(mixed);
  }
  return format(target);
}

/** A colour with an alpha channel: `#rrggbbaa`. @param alpha 0–1 */
export function withAlpha(color: string, alpha: number): string {
  return (
    format(parse(color)) +
    Math.round(alpha * 255)
      .toString(16)
      .padStart(2, '0')
  );
}

function parse(color: string): Rgb {
  const hex = color.length === 4 ? color.replace(/[0-9a-f]/gi, '$&$&') : color;
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
}

function format(rgb: Rgb): string {
  return '#' + rgb.map((channel) => channel.toString(16).padStart(2, '0')).join('');
}

/** Relative luminance, WCAG 2.1. */
function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** @param hue degrees; saturation and lightness 0–1 */
function fromHsl(hue: number, saturation: number, lightness: number): string {
  const chroma = saturation * Math.min(lightness, 1 - lightness);
  const channel = (n: number) => {
    const k = (n + hue / 30) % 12;
    return Math.round(255 * (lightness - chroma * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return format([channel(0), channel(8), channel(4)]);
}
