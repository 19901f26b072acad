/** A line that the next one replaces, for those who watch; an empty one takes it away. */
export function showStatus(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`);
}
