// Cuts a stream of text into lines, however it arrives.

/** A line longer than this is no event of Docker's; it is dropped so that memory stays bounded. */
const longestLine = 4 * 1024 * 1024;

/** Takes text as it comes and calls back with every whole line that is not empty. */
export function createLineReader(onLine: (line: string) => void): (text: string) => void {
  let rest = '';
  return (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longestLine) rest = '';
    for (const line of lines) if (line.trim() !== '') onLine(line);
  };
}
