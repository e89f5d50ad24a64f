/** The language of a corpus's articles, as package.json contributes it. */
export const ARTICLE_LANGUAGE = 'corpus-article';
