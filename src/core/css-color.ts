import names from 'color-name';
import { isHexColor } from './color';

/**
 * A colour as style sheets have it (CSS Color 4, the opaque forms of sRGB) as `#rrggbb` or `#rgb`: a name, a
 * hexadecimal number, `rgb(…)`. How transparent it is, is left out.
 * @returns `undefined` where it is none of these
 */
export function hexOfCssColor(css: string): string | undefined {
  const text = css.trim().toLowerCase();
  if (isHexColor(text)) return text;
  const [, opaque] = /^(#(?:[\da-f]{3}|[\da-f]{6}))(?:[\da-f]{1,2})$/.exec(text) ?? [];
  if (opaque !== undefined && isHexColor(opaque) && [5, 9].includes(text.length)) return opaque;
  const named = Object.hasOwn(names, text) ? names[text as keyof typeof names] : undefined;
  const channels =
    named ??
    /^rgba?\(([^)]*)\)$/
      .exec(text)?.[1]
      ?.split(/[\s,/]+/)
      .filter(Boolean)
      .map(Number);
  const [red, green, blue] = channels ?? [];
  const rgb = [red, green, blue];
  if (!rgb.every((value) => value !== undefined && value >= 0 && value <= 255)) return undefined;
  return '#' + rgb.map((value) => Math.round(value!).toString(16).padStart(2, '0')).join('');
}
