/** Takes no room, and shows nothing. */
const INVISIBLE = '\u200b';

/**
 * What the editor shows as it is written. Its messages are read for links, `[text](command:…)`, which run commands,
 * and its status bar for icons, `$(name)`: both are parted where they begin, so that what a corpus says stays text.
 */
export function plainText(message: string): string {
  return message.replace(/\](?=\()|\$(?=\()/g, `$&${INVISIBLE}`);
}
