/** What a connection of Hardhat's has, as far as it is needed: `await network.create()`. */
export type TenureConnection = {
  /** Where requests go (EIP-1193). */
  provider: { request(request: { method: string; params?: unknown[] }): Promise<unknown> };
};

/** Where requests go. A program without types can hand over anything, and what it was is said. */
export function providerOf(connection: TenureConnection): TenureConnection["provider"] {
  const { provider } = Object(connection) as Partial<TenureConnection>;
  if (typeof Object(provider).request === "function") return provider as TenureConnection["provider"];
  throw new TypeError(
    `deployTenure was given ${described(connection)}. It needs Hardhat's connection, \`await network.create()\`, or ` +
      "{ provider }, where provider has the function request of EIP-1193.",
  );
}

function described(value: unknown): string {
  const { then, request } = Object(value) as { then?: unknown; request?: unknown };
  if (typeof then === "function") return "a promise, which has to be awaited";
  if (typeof request === "function") return "what sends requests itself, a client or a provider";
  return typeof value === "object" && value !== null ? "an object without provider.request" : kindOf(value);
}

/** What a value is, without the value: that may be a URL with a secret in it. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return `${typeof value === "object" ? "an" : "a"} ${typeof value}`;
}
