/** What a window knows, by the name of the context key. */
export type WindowContext = Readonly<Record<string, unknown>>;

const TOKENS =
  /\s*(?:(\|\||&&|[()]|!(?!=)|==|!=|=~|not in\b|in\b)|(\/(?:\\.|[^/\\])+\/[a-z]*)|'([^']*)'|([\w.:-]+))/y;

/** Whether a `when` of a manifest is true, as the editor reads one. Knows the operators that ours use. */
export function isTrueWhen(when: string | undefined, context: WindowContext): boolean {
  if (when === undefined) return true;
  const tokens: string[] = [];
  TOKENS.lastIndex = 0;
  while (TOKENS.lastIndex < when.trimEnd().length) {
    const from = TOKENS.lastIndex;
    const [, operator, pattern, quoted, word] = TOKENS.exec(when) ?? [];
    const token = operator ?? pattern ?? quoted ?? word;
    if (token === undefined) throw new Error(`Not understood: ${when.slice(from)}`);
    tokens.push(token);
  }
  const take = () => tokens.shift() ?? '';
  const isNext = (token: string) => tokens[0] === token && take() !== '';
  const either = (): boolean => {
    let result = both();
    while (isNext('||')) result = both() || result;
    return result;
  };
  const both = (): boolean => {
    let result = one();
    while (isNext('&&')) result = one() && result;
    return result;
  };
  const one = (): boolean => {
    if (isNext('!')) return !one();
    if (isNext('(')) {
      const result = either();
      if (!isNext(')')) throw new Error(`A bracket is open: ${when}`);
      return result;
    }
    const name = take();
    if (name === 'true' || name === 'false') return name === 'true';
    const value = context[name];
    const isIn = () => ((context[take()] ?? []) as unknown[]).includes(value);
    if (isNext('==')) return String(value) === take();
    if (isNext('!=')) return String(value) !== take();
    if (isNext('in')) return isIn();
    if (isNext('not in')) return !isIn();
    if (!isNext('=~')) return Boolean(value);
    const [, source = '', flags] = /^\/(.*)\/([a-z]*)$/.exec(take()) ?? [];
    return new RegExp(source, flags).test(String(value));
  };
  const result = either();
  if (tokens.length > 0) throw new Error(`Not understood: ${tokens.join(' ')}`);
  return result;
}
