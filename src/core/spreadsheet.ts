/**
 * What a spreadsheet may take for a formula, and run; a tab or a line ending before it is passed over. Or what looks
 * as if it had been guarded by a `'`, so that the `'` before it is not taken for that of the writer.
 */
export const FORMULA = /^'*[=+\-@\t\r\n]/;
