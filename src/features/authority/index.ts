import * as vscode from 'vscode';
import type { Authorities } from '../../workspace/asking/authorities';
import type { CorpusStore } from '../../workspace/store';
import { registerCommand } from '../shared/command';
import { toDiagnostic } from '../shared/diagnostic';
import { ARTICLE_LANGUAGE } from '../shared/language-id';
import type { EntityArgument } from '../shared/targets';
import { findDefinition } from './definition';
import { hoverOf } from './hover';
import { goToDefinition, openLink } from './open-link';
import { findMentions } from './references';

/**
 * What entities link to: Go to Definition leads into the corpus's authority file, else to the address in the web;
 * hovers tell what the file says; Find All References leads from an entry to its mentions.
 */
export function register(
  context: vscode.ExtensionContext,
  store: CorpusStore,
  authorities: Authorities,
): void {
  const problems = vscode.languages.createDiagnosticCollection('corpusAnnotator.authority');
  context.subscriptions.push(
    problems,
    authorities.onDidRead(({ uri, problems: found }) => problems.set(uri, found.map(toDiagnostic))),
    vscode.languages.registerDefinitionProvider(ARTICLE_LANGUAGE, {
      provideDefinition: (document, position) => findDefinition(store, authorities, document, position),
    }),
    vscode.languages.registerHoverProvider(ARTICLE_LANGUAGE, {
      provideHover: (document, position) => hoverOf(store, authorities, document, position),
    }),
    vscode.languages.registerReferenceProvider(
      { pattern: '**/*.{yaml,yml,csv,tsv}' },
      {
        provideReferences: (document, position, _context, token) =>
          findMentions(store, authorities, document, position, token),
      },
    ),
    registerCommand('openLink', (argument?: EntityArgument) => openLink(store, argument)),
    registerCommand('goToDefinition', (argument?: EntityArgument) =>
      goToDefinition(store, authorities, argument),
    ),
  );
}
