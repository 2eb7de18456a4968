/** The names of all fields, the nested ones too, and what kind of value is in them: what programs rely on. */
export function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shape(value[0])];
  if (typeof value !== "object" || value === null) return value === null ? "null" : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, shape(field)]));
}
