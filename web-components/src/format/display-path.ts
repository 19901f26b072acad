/**
 * What must stay encoded although it could be shown: `/ \ ? # %` would read as another path; spaces, controls and
 * format characters (among them those that turn the direction of text around) would be invisible or disguise it.
 */
const MISLEADING = /[/\\?#%\p{C}\p{Z}]/u;

/** A percent-encoded path as people read it: `/caf%C3%A9` becomes `/café`; what cannot be shown safely stays encoded. */
export function displayPath(path: string): string {
  return path.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return Array.from(decodeURIComponent(run), (char) =>
        MISLEADING.test(char) ? encodeURIComponent(char) : char,
      ).join('');
    } catch {
      return run;
    }
  });
}
