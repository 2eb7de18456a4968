import { formatHex } from "@tenure/sdk";
import type { Cast } from "../cast.ts";
import type { Narrator } from "../narrator.ts";
import { refusal } from "../refusal.ts";

/** Cleo's hot wallet is stolen: suspending silences it. */
export async function suspension({ cleo, platform, hotKey }: Cast, narrator: Narrator): Promise<void> {
  narrator.chapter("A wallet is stolen");
  narrator.say(
    "Cleo lets a hot wallet act for identity 3 and be paid. The key of the wallet is stolen. Cleo suspends the identity.",
  );
  const { id, client } = cleo;
  await client.setAgentWalletSync({ signed: await hotKey.signAgentWallet({ id }) });
  const before = await platform.getIdentity({ id });
  await client.suspendSync({ id });
  const after = await platform.getIdentity({ id });
  narrator.table(
    ["Cleo", "status", "wallet"],
    [before, after].map(({ status, wallet }, index) => [index === 0 ? "before" : "after", status, formatHex(wallet)]),
  );
  narrator.fact(
    "the registry names no wallet of Cleo's",
    [before.wallet, after.wallet],
    [hotKey.account.address, undefined],
  );
  const error = await refusal("the wallet checks in", hotKey.pulseSync({ id }));
  narrator.refused("The thief wants to check in as Cleo.", error.shortMessage);
  narrator.fact("the wallet speaks for nobody", error.name, "IdentitySuspendedError");

  narrator.pause();
  narrator.say("Cleo removes the wallet, and resumes the identity.");
  await client.unsetAgentWalletSync({ id });
  await client.resumeSync({ id });
  const { status, wallet } = await platform.getIdentity({ id });
  narrator.fact(
    "Cleo is active, and paid at the owner's key again",
    [status, wallet],
    ["active", client.account.address],
  );
}
