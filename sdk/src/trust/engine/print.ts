/**
 * Rounds numbers, none of them negative, to whole ones that add up to a given total: down, and then up where most is
 * lacking. Each is less than one off, as long as the total is: one that was summed over many numbers in floating point
 * can be off by more, which is spread as well, in either direction.
 */
export function apportion(values: readonly number[], total: number): number[] {
  const rounded = values.map(Math.floor);
  const missing = total - rounded.reduce((sum, value) => sum + value, 0);
  const order = values.map((value, i) => ({ i, rest: value - Math.floor(value) }));
  order.sort((a, b) => b.rest - a.rest || a.i - b.i);
  const step = Math.sign(missing);
  if (step < 0) order.reverse();
  for (let left = Math.abs(missing), turn = 0; left > 0 && order.length > 0; turn++) {
    const { i } = order[turn % order.length] as { i: number };
    if (step < 0 && rounded[i] === 0) continue;
    rounded[i] = (rounded[i] as number) + step;
    left -= 1;
  }
  return rounded;
}

/** A whole number of units as a decimal. */
export function decimal(units: number, digits: number): string {
  const text = String(Math.abs(units)).padStart(digits + 1, "0");
  const sign = units < 0 ? "-" : "";
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
