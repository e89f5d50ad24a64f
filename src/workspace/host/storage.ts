/**
 * The folder of the extension's storage for a workspace, the same in all its windows. While another host has the
 * workspace open (a second window, or the one before a reload, which may take seconds to end), the editor gives
 * a folder of another name, `…-1` to `…-9`, where nothing would be found of what was kept: histories, drafts, the
 * index. Whatever is kept there is written by several windows without harm.
 * @param path of `ExtensionContext.storageUri`: the extension's folder in that of the workspace, whose name is a
 * number in hexadecimal digits
 */
export function sharedStorage(path: string): string {
  return path.replace(/(\/-?[0-9a-f]{6,})-[1-9](\/[^/]+\/?)$/, '$1$2');
}
