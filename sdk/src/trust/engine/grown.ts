/** The same numbers with space for more. */
export function grown<numbers extends Float64Array | Uint8Array>(values: numbers, size: number): numbers {
  if (values.length >= size) return values;
  const larger = new (values.constructor as new (length: number) => numbers)(size + (size >> 3) + 16);
  larger.set(values);
  return larger;
}
