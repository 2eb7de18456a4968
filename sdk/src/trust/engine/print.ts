/**
 * Rounds numbers to whole ones that add up to a given total: down, and then up where most is lacking. Each is less than
 * one off.
 */
export function apportion(values: readonly number[], total: number): number[] {
  const rounded = values.map(Math.floor);
  const missing = total - rounded.reduce((sum, value) => sum + value, 0);
  const order = values.map((value, i) => ({ i, rest: value - Math.floor(value) }));
  order.sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of order.slice(0, Math.max(0, missing))) rounded[i] = (rounded[i] as number) + 1;
  return rounded;
}

/** A whole number of units as a decimal. */
export function decimal(units: number, digits: number): string {
  const text = String(Math.abs(units)).padStart(digits + 1, "0");
  const sign = units < 0 ? "-" : "";
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
