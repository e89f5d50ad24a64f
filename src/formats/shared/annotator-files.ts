import type { AnnotatedDocument } from './document';
import type { Format } from './format';
import { cleanPart } from './document-names';
import { baseName } from '../../core/sidecar/name';
import type { Report } from './report';

/** What was agreed on, in the end. */
const CURATED = 'CURATION_USER';
/** What was there before anybody annotated. */
const INITIAL = 'INITIAL_CAS';
const FOLDERS = ['annotation', 'curation'];
const SOURCES = 'source';
/** The settings of a project. */
const SETTINGS = 'exportedproject.json';

/** What one annotator did in a document. */
interface AnnotatorFile {
  /** What the document is called in its folder. */
  readonly name: string;
  /** The layer of the annotator; empty for the shared one. */
  readonly layer: string;
}

/**
 * The project exports of INCEpTION and WebAnno
 * (https://inception-project.github.io/releases/36.0/docs/user-guide.html#sect_projects_export): in `annotation` and
 * `curation` is a folder for each document, with a file for each annotator. All of them are one article, whose layers
 * they are; what was curated is its shared layer.
 */
export class AnnotatorFiles {
  private readonly projects = new Set<string>();
  private readonly taken = new Set<string>();
  /** The folder that has a short name. */
  private readonly names = new Map<string, string>();

  /** @param report is told of files that are passed over */
  constructor(
    private readonly format: Pick<Format, 'annotatorFiles' | 'extensions'>,
    private readonly report: Report,
  ) {}

  /**
   * What a file is of a project.
   * @param root what the folder is called of which its path is relative
   * @param isBeside whether there is a file of such a name in its folder
   * @returns `undefined` for a file as any other, `passed` for one that is none of an annotator
   */
  take(
    path: string,
    root: string,
    isBeside: (name: string) => boolean,
  ): AnnotatorFile | 'passed' | undefined {
    if (this.format.annotatorFiles !== true) return undefined;
    const found = this.find(path, root, isBeside);
    if (!found) {
      if (baseName(path) === SETTINGS) return this.pass(path, 'source-passed');
      const [, project = ''] = new RegExp(`^(.*/)?${SOURCES}/[^/]+$`).exec(path) ?? [];
      const isSource = path.startsWith(`${project}${SOURCES}/`) && this.projects.has(project);
      return isSource ? this.pass(path, 'source-passed') : undefined;
    }
    const { name, annotator, project } = found;
    this.projects.add(project);
    if (annotator === INITIAL) return this.pass(path, 'initial-passed');
    // A layer is what stands before the last full stop but one.
    const layer = annotator === CURATED ? '' : cleanPart(annotator).replaceAll('.', '_') || '_';
    const key = JSON.stringify([name, layer.toLowerCase()]);
    if (this.taken.has(key)) return this.pass(path, 'layer-twice');
    this.taken.add(key);
    if (layer !== '' && layer !== annotator) {
      const values = { from: annotator };
      this.report.add({ kind: 'changed', code: 'name-changed', document: layer, file: path, values });
    }
    return { name, layer };
  }

  private find(path: string, root: string, isBeside: (name: string) => boolean) {
    const parts = ['', root, ...path.split('/')];
    const [container = '', folder = '', file = ''] = parts.slice(-3);
    const extension = this.format.extensions.find((one) => file.toLowerCase().endsWith(one)) ?? '';
    const isCalledSo = FOLDERS.includes(container);
    const isText = /\.txt$/i.test(folder);
    const isTold = () =>
      /\.[a-z]\w*$/i.test(folder) || [CURATED, INITIAL].some((name) => isBeside(name + extension));
    if (extension === '' || !(isText || (isCalledSo && isTold()))) return undefined;
    const above = parts.slice(2, isCalledSo ? -3 : -2).map((part) => `${part}/`);
    const project = above.join('');
    return { annotator: file.slice(0, -extension.length), project, name: this.nameOf(project, folder) };
  }

  /** What a document is called: as its folder without an extension, where no other one is. */
  private nameOf(project: string, folder: string): string {
    const short = project + folder.replace(/(?<=.)\.[a-z]\w*$/i, '');
    const owner = this.names.get(short) ?? folder;
    this.names.set(short, owner);
    return owner === folder ? short : project + folder;
  }

  private pass(file: string, code: 'initial-passed' | 'source-passed' | 'layer-twice'): 'passed' {
    const kind = code === 'layer-twice' ? 'invalid' : 'changed';
    this.report.add({ kind, code, file, values: { source: baseName(file) } });
    return 'passed';
  }
}

/** A document as that of an annotator. */
export function withLayer(document: AnnotatedDocument, file: AnnotatorFile | undefined): AnnotatedDocument {
  return file ? { ...document, ...file } : document;
}
