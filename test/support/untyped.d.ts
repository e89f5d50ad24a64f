/** What tests use of packages that come without types. */

declare module 'jsonld' {
  export interface Term {
    readonly termType: 'NamedNode' | 'BlankNode' | 'Literal';
    readonly value: string;
    readonly datatype?: Term;
  }
  export interface Triple {
    readonly subject: Term;
    readonly predicate: Term;
    readonly object: Term;
  }
  interface Options {
    readonly base: string;
    readonly safe: boolean;
    readonly documentLoader: (url: string) => Promise<{ documentUrl: string; document: object }>;
  }
  const processor: {
    expand(json: object, options: Options): Promise<object[]>;
    compact(json: object, context: string | object, options: Options): Promise<object>;
    flatten(json: object, context: null, options: Options): Promise<object[]>;
    toRDF(json: object, options: Options): Promise<Triple[]>;
  };
  export default processor;
}

declare module 'notatrix' {
  interface Token {
    readonly form: string;
    readonly index: number;
    readonly isEmpty?: boolean;
    readonly misc: readonly string[];
    readonly analyses?: readonly { readonly subTokens: readonly Token[] }[];
  }
  const notatrix: {
    split(text: string, options: object): string[];
    Sentence: new (
      source: string,
      options: { readonly interpretAs: 'CoNLL-U' },
    ) => {
      serialize(): { readonly comments: readonly string[]; readonly tokens: readonly Token[] };
      to(format: 'CoNLL-U'): { readonly output: string };
    };
  };
  export default notatrix;
}
