// npm run l10n: writes all sentences of the extension to l10n/bundle.l10n.json, or to `--out FILE`, for whom
// translates them; it is the form of @vscode/l10n-dev, whose `export` finds only those in calls of `vscode.l10n.t`.
// With --check it writes nothing, counts them, and fails where something is shown that would not be among them.
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.resolve(import.meta.dirname, '..');

/** The command line speaks English; the core and the formats say codes, of which `src/wording` makes sentences. */
const NOT_SHOWN = /^src\/(?:cli|core|formats)\//;

/** Members and functions whose texts are shown. */
const SHOWN_MEMBER =
  /^(?:label|title|tooltip|description|detail|placeholder|placeHolder|prompt|text|message)$/;
const SHOWN_BY = /^(?:say|ask|offer|confirm|sayNothingHere|offerArticles|show[A-Z]\w*)$/;

/** These write for other programs: styles, threads, settings of git. */
const FOR_PROGRAMS =
  /\/(?:span-css|hint-painter|pattern-search|(?:file-thread|merge-driver|git-merging)\.node)\.ts$/;

const withoutTags = (text) => text.replace(/<[^>]*(?:>|$)|^[^<]*>/g, '\n');
/** What is the same in all languages. */
const isName = (text) => /^Corpus Annotator$/.test(text);
const isWord = (text) => /^[^\p{L}]*\p{Lu}\p{Ll}/u.test(text);
const isWords = (text) => /\p{L}{2}[,:;.]? \p{L}\p{Ll}/u.test(withoutTags(text));

const isMember = (node, name) => ts.isPropertyAccessExpression(node) && node.name.text === name;
const isL10n = (node) => isMember(node, 'l10n');
/** `vscode.l10n.t`, or the `t` that it is called where it is handed on, or taken from it. */
const isTranslate = (node) =>
  (isMember(node, 't') && isL10n(node.expression)) || (ts.isIdentifier(node) && node.text === 't');

/** The text of a literal, or of a piece of a template. */
const textOf = (node) =>
  ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)
    ? node.text
    : undefined;

const CHOOSING = new Set([
  ts.SyntaxKind.PlusToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
]);

/** What takes the value of a literal, which may be one of several, or a piece of it. */
function takerOf({ parent }) {
  const goesOn =
    ts.isConditionalExpression(parent) ||
    ts.isParenthesizedExpression(parent) ||
    ts.isTemplateExpression(parent) ||
    ts.isTemplateSpan(parent) ||
    (ts.isBinaryExpression(parent) && CHOOSING.has(parent.operatorToken.kind));
  return goesOn ? takerOf(parent) : parent;
}

/** Whether a literal is shown by what it stands in: `{ label: 'Tag' }`, `item.label = 'Tag'`, `say('Tag')`. */
function isShown(literal) {
  const taker = takerOf(literal);
  if (ts.isPropertyAssignment(taker)) return SHOWN_MEMBER.test(taker.name.getText());
  if (ts.isBinaryExpression(taker) && taker.operatorToken.kind === ts.SyntaxKind.EqualsToken)
    return ts.isPropertyAccessExpression(taker.left) && SHOWN_MEMBER.test(taker.left.name.text);
  return ts.isCallExpression(taker) && SHOWN_BY.test(taker.expression.getText());
}

/** Whether a literal is put into a sentence. */
function isPutIn(literal) {
  const taker = takerOf(literal);
  return ts.isCallExpression(taker) && isTranslate(taker.expression) && taker.arguments[0] !== literal;
}

/** What a node does that keeps sentences from being found, if anything. */
function troubleOf(node, file) {
  const { parent } = node;
  if (ts.isCallExpression(node) && isTranslate(node.expression)) {
    const [template] = node.arguments;
    if (!template || !ts.isStringLiteralLike(template)) return 'the sentence is not one literal';
  } else if (isL10n(node) && !isMember(parent, 't')) {
    const names = ts.isVariableDeclaration(parent) ? parent.name.getText() : '';
    if (!/^\{ t \}$/.test(names)) return 'what translates is called t';
  } else if (isMember(node, 't') && isTranslate(node)) {
    // Called, or handed to who calls it t.
    if (!ts.isCallExpression(parent)) return 'what translates is called t';
  } else if (ts.isTypeReferenceNode(node) && node.typeName.getText() === 'Translate') {
    const name = parent.name?.getText();
    if (name !== 't' && name !== 'inEnglish') return 'what translates is called t';
  } else if (!FOR_PROGRAMS.test(file)) {
    const text = textOf(node);
    if (text === undefined || isName(text)) return undefined;
    if (isWords(text) || (isWord(text) && isShown(node)) || (/\p{L}{2}/u.test(text) && isPutIn(node)))
      return `“${text}” is not given to t`;
  }
  return undefined;
}

/** Literals of imports, types, keys and errors for developers are shown to nobody. */
const isForDevelopers = (node) =>
  (ts.isStringLiteral(node) && node.parent.name === node) ||
  ts.isImportDeclaration(node) ||
  ts.isLiteralTypeNode(node) ||
  (ts.isNewExpression(node) && /^(?:Type|Range)?Error$/.test(node.expression.getText()));

/** The sentences of sources, and the troubles in them with their places. */
function readSentences() {
  const sentences = new Set();
  const troubles = [];
  for (const name of fs.readdirSync(path.join(root, 'src'), { recursive: true }).sort()) {
    const file = `src/${name.replaceAll('\\', '/')}`;
    if (!file.endsWith('.ts') || NOT_SHOWN.test(file)) continue;
    const source = fs.readFileSync(path.join(root, file), 'utf8');
    const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
    const visit = (node) => {
      if (isForDevelopers(node)) return;
      const trouble = troubleOf(node, file);
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
      if (trouble) troubles.push(`${file}:${line + 1}: ${trouble}`);
      if (!ts.isCallExpression(node) || !isTranslate(node.expression)) return ts.forEachChild(node, visit);
      const [template, ...values] = node.arguments;
      if (template && ts.isStringLiteralLike(template)) sentences.add(template.text);
      visit(node.expression);
      values.forEach(visit);
    };
    visit(tree);
  }
  return { sentences: [...sentences].sort(), troubles };
}

const { sentences, troubles } = readSentences();
for (const trouble of troubles) console.error(trouble);
if (troubles.length > 0) process.exitCode = 1;
if (process.argv.includes('--check')) {
  console.log(`${sentences.length} sentences can be translated`);
} else {
  const at = process.argv.indexOf('--out');
  const out = path.resolve(at > 0 ? process.argv[at + 1] : path.join(root, 'l10n/bundle.l10n.json'));
  const bundle = Object.fromEntries(sentences.map((sentence) => [sentence, sentence]));
  fs.mkdirSync(path.dirname(out), { recursive: true });
  fs.writeFileSync(out, JSON.stringify(bundle, null, 2) + '\n');
  console.log(`${path.relative(process.cwd(), out)}: ${sentences.length} sentences`);
}
