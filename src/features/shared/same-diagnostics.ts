import type * as vscode from 'vscode';

/**
 * Whether two lists show the same. To set those that are there already would cost the editor a new round of
 * quick fixes, and a person who just asked for them would wait in vain.
 */
export function areSame(
  a: readonly vscode.Diagnostic[] | undefined,
  b: readonly vscode.Diagnostic[],
): boolean {
  return (
    (a?.length ?? 0) === b.length &&
    b.every((one, i) => {
      const { code, message, severity, range, relatedInformation } = a![i]!;
      return (
        one.code === code &&
        one.message === message &&
        one.severity === severity &&
        one.range.isEqual(range) &&
        JSON.stringify(one.relatedInformation) === JSON.stringify(relatedInformation)
      );
    })
  );
}
