/** What a program writes: text, and sequences that steer the terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what they are made of
const PIECES = /\u001b\[([?\d;]*)([A-Za-z])|[\r\n]|[^\u001b\r\n]+/g;

/** The lines that are to be seen in the end, when all that was written has overwritten what it overwrites. */
export function screenOf(raw: string): string[] {
  const rows: string[] = [""];
  let row = 0;
  let column = 0;
  const write = (text: string) => {
    const line = (rows[row] ?? "").padEnd(column);
    rows[row] = line.slice(0, column) + text + line.slice(column + text.length);
    column += text.length;
  };
  for (const [piece, parameters = "", command] of raw.matchAll(PIECES)) {
    const count = Number(parameters) || 1;
    if (piece === "\r") column = 0;
    else if (piece === "\n") row += 1;
    else if (command === undefined) write(piece);
    else if (command === "A") row = Math.max(0, row - count);
    else if (command === "G") column = count - 1;
    else if (command === "K") rows[row] = parameters === "2" ? "" : (rows[row] ?? "").slice(0, column);
    else if (command === "J" && count === 1) rows.splice(row, rows.length, (rows[row] ?? "").slice(0, column));
    else if (!/^[hlm]$/.test(command)) throw new TypeError(`It is not known here what ${JSON.stringify(piece)} does.`);
    while (rows.length <= row) rows.push("");
  }
  return rows;
}
