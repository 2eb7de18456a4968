import { privateKeyToAccount } from "viem/accounts";
import { pathOf } from "./problems.ts";

/** What the value of a secret has to be, by where it stands. */
const WANTED: readonly { at: RegExp; what: string; is: (value: string) => boolean }[] = [
  { at: /^pageKey$/, what: "64 hexadecimal digits", is: (value) => /^[0-9a-fA-F]{64}$/.test(value) },
  { at: /^log\.anchor\.key$/, what: "a private key, 0x and 64 hexadecimal digits", is: isPrivateKey },
  { at: /^database\.url$/, what: "a URL that begins with postgres://", is: isUrlOf(/^postgres(ql)?:$/) },
  {
    at: /^chains\[\d+\]\.rpc\[\d+\]$/,
    what: "a URL that begins with https://, http://, wss:// or ws://",
    is: isUrlOf(/^(https?|wss?):$/),
  },
];

/** What a secret that stands there has to be, where its value is not that. The value itself is not repeated. */
export function wantedOf(path: readonly PropertyKey[], value: string): string | undefined {
  const text = pathOf(path);
  const wanted = WANTED.find(({ at }) => at.test(text));
  return wanted === undefined || wanted.is(value) ? undefined : wanted.what;
}

function isUrlOf(protocol: RegExp) {
  return (value: string) => !/\s/.test(value) && URL.canParse(value) && protocol.test(new URL(value).protocol);
}

function isPrivateKey(value: string): boolean {
  if (!/^0x[0-9a-fA-F]{64}$/.test(value)) return false;
  try {
    privateKeyToAccount(value as `0x${string}`);
    return true;
  } catch {
    // Zero, and what is beyond the order of the curve.
    return false;
  }
}
