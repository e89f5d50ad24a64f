/**
 * Makes a sentence of a template with `{0}` or `{name}` in it: `vscode.l10n.t` in the editor, {@link inEnglish}
 * on the command line. What is said in both stands in this folder once.
 */
export interface Translate {
  (template: string, ...values: readonly (string | number)[]): string;
  (template: string, values: Readonly<Record<string, string | number>>): string;
}

type Value = string | number;

/** A template with its values, untranslated. */
export const inEnglish: Translate = (
  template: string,
  ...values: readonly (Value | Readonly<Record<string, Value>>)[]
) => {
  const named = (typeof values[0] === 'object' ? values[0] : values) as Readonly<Record<string, Value>>;
  return template.replace(/\{(\w+)\}/g, (place, name: string) => String(named[name] ?? place));
};
