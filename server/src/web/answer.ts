/** An answer in JSON. Integers of any size are written as numbers where these are exact, and as strings otherwise. */
export function answer(value: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(value, withIntegers), {
    headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
  });
}

/** For `JSON.stringify`, which knows no `bigint`. */
export function withIntegers(_name: string, value: unknown): unknown {
  if (typeof value !== "bigint") return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}
