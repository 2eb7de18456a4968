/** A whole number from the environment, or undefined where it is not set. */
export function wholeNumber(name: string): number | undefined {
  const text = process.env[name];
  if (text === undefined) return undefined;
  if (/^[0-9]{1,9}$/.test(text) && Number(text) > 0) return Number(text);
  throw new Error(`${name} is "${text}"; give it a whole number from 1 to 999999999.`);
}

/** Whole numbers with commas between them, or undefined where the variable is not set. */
export function wholeNumbers(name: string): number[] | undefined {
  const text = process.env[name];
  if (text === undefined) return undefined;
  if (/^[0-9]{1,9}(,[0-9]{1,9})*$/.test(text)) return text.split(",").map(Number);
  throw new Error(`${name} is "${text}"; give it whole numbers with commas between them, such as 3,17,205.`);
}
