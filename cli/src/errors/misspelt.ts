/** What other tools call what an option of every command does. */
const elsewhere: Readonly<Record<string, string>> = {
  ...{ "--rpc-url": "--rpc", "--rpcurl": "--rpc", "--url": "--rpc", "--node": "--rpc", "--provider": "--rpc" },
  ...{ "--endpoint": "--rpc", "--fork-url": "--rpc", "--chain-id": "--chain", "--chainid": "--chain" },
  ...{ "--account": "--key", "--keystore": "--key", "--wallet": "--key", "--signer": "--key", "--sender": "--key" },
  ...{ "--registries": "--addresses", "--registry-address": "--addresses", "--output-json": "--json" },
};

/**
 * An unknown option's message, without the value that came with it, which may hold a secret, and with the option that is
 * meant where another tool calls it so.
 */
export function meantOption(message: string): string {
  const told = message.replace(/'(--?[\w-]+)=[^']*'/, "'$1'");
  const [, option = ""] = /unknown option '([^']*)'$/.exec(told) ?? [];
  const meant = Object.hasOwn(elsewhere, option) ? elsewhere[option] : undefined;
  return meant === undefined ? told : `${told}\n(Did you mean ${meant}?)`;
}

/** What to do about a key that came as an argument; it is in the shell's history now. */
export function aboutKeys(message: string): string | undefined {
  if (!/unknown option '--(?:private-?key|pk|mnemonic|secret)\b/.test(message)) return undefined;
  return "A private key is never an argument: use a keystore (tenure keystore import NAME) or TENURE_PRIVATE_KEY.";
}
