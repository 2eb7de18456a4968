/** What is used of Node's cryptography. It answers at once, where WebCrypto answers later and takes longer. */
export interface NodeCrypto {
  readonly createHash: (algorithm: string) => {
    readonly update: (data: Uint8Array) => { readonly digest: () => Uint8Array };
  };
  readonly createPublicKey: (key: { readonly key: object; readonly format: "jwk" }) => object;
  readonly verify: (algorithm: string | null, data: Uint8Array, key: object, signature: Uint8Array) => boolean;
}

interface Runtime {
  readonly process?: { readonly getBuiltinModule?: (name: string) => NodeCrypto | undefined };
}

/**
 * Node's cryptography, where this runs on Node or on what is like it. Asked for, and not imported: a bundle for a browser or a
 * worker holds no module of Node.
 */
export function nodeCrypto(): NodeCrypto | undefined {
  const { process } = globalThis as Runtime;
  const found = process?.getBuiltinModule?.("node:crypto");
  return typeof found?.verify === "function" && typeof found.createPublicKey === "function" ? found : undefined;
}
