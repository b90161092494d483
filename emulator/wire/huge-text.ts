const piece = `{"id":"displaycertify","stepName":"Certification","status":"running","messages":[]},`.repeat(512);

/** So many bytes of text that begins as a JSON array and never ends it, in pieces. */
export function* jsonLookingText(bytes: number): Generator<string> {
  if (bytes <= 0) return;
  yield "[";
  for (let left = bytes - 1; left > 0; left -= piece.length) yield piece.slice(0, left);
}
