/** A whole number from the environment, or undefined where it is not set. */
export function wholeNumber(name: string): number | undefined {
  const text = process.env[name];
  if (text === undefined) return undefined;
  if (/^[0-9]{1,9}$/.test(text) && Number(text) > 0) return Number(text);
  throw new Error(`${name} is "${text}"; give it a whole number from 1 to 999999999.`);
}
