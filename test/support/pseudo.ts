const FROM = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const TO = [...'åƀçđéƒĝĥîĵķļɱñôþǫřšţûṽŵẋýžÅƁÇĐÉƑĜĤÎĴĶĻṀÑÔÞǪŘŠŢÛṼŴẊÝŽ'];

/**
 * A sentence as a language that has no letter of ASCII would say it, with its places (`{0}`), commands of links and
 * icons as they are.
 */
export function pseudo(sentence: string): string {
  const pieces = sentence.split(/(\{\w+\}|\]\([^)]*\)|\$\([^)]*\)|\*\*)/);
  const said = pieces.map((piece, i) =>
    i % 2 === 1 ? piece : piece.replace(/[A-Za-z]/g, (letter) => TO[FROM.indexOf(letter)]!),
  );
  return `⟦${said.join('')}⟧`;
}
