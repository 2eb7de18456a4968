import {
  type CheckRequirementReturnType,
  encodeReasons,
  formatDuration,
  reasonWords,
  toTenureError,
  type UnmetFact,
} from "@tenure/sdk";
import { type Board, post, requirementOf, unmetBits } from "../board.ts";
import type { Cast, StoryClient } from "../cast.ts";
import type { Narrator } from "../narrator.ts";
import { refusal } from "../refusal.ts";

/** A platform admits one agent and refuses others, off chain and on chain, for the same reasons. */
export async function gate(
  { bo, cleo, dan, platform, formerKey }: Cast,
  narrator: Narrator,
  board: Board,
): Promise<void> {
  narrator.chapter("A platform decides for itself");
  narrator.say(
    "A message board trusts Ada and Bo. It admits agents with 45 days of tenure for whom one of them vouches, and about whom " +
      "neither warns. Its server asks the SDK; its contract asks the registries. Both read the same facts.",
  );
  const requirement = await requirementOf(board, platform);
  const judged: [name: string, result: CheckRequirementReturnType][] = [];
  for (const { name, id } of [bo, cleo, dan]) {
    judged.push([name, await platform.checkRequirement({ id, requirement })]);
  }
  narrator.table(
    ["agent", "verdict", "because"],
    judged.map(([name, { isMet, unmet }]) => [name, isMet ? "admitted" : "refused", words(unmet)]),
  );
  narrator.fact(
    "the server admits Bo and nobody else",
    judged.map(([, { isMet }]) => isMet),
    [true, false, false],
  );
  const bits = await Promise.all([bo, cleo, dan].map(({ id }) => unmetBits(board, platform, id)));
  narrator.fact(
    "the contract finds the same reasons, bit for bit",
    bits,
    judged.map(([, { unmet }]) => encodeReasons(unmet.map(({ reason }) => reason))),
  );

  const posted = await post(board, bo.client, "Good morning.");
  narrator.fact("the contract lets Bo post, with the next key and the same number", posted, {
    authorId: BigInt(bo.id),
    key: bo.client.account.address,
    message: "Good morning.",
  });
  for (const [name, author, reasons] of [
    ["Dan", dan.client, ["tenure", "anchors", "anchorWarnings"]],
    ["Bo's old key", formerKey, ["formerKey"]],
  ] as const) {
    const error = await refusal(`${name} posts`, posting(board, author));
    const found = { name: error.name, reasons: (error as { args?: { reasons?: unknown } }).args?.reasons };
    narrator.refused(`${name} wants to post.`, error.shortMessage);
    narrator.fact(`the contract refuses ${name}, and says why`, found, { name: "UntrustedError", reasons });
  }
}

/** The SDK knows the errors of every contract behind a `TrustGate`. */
async function posting(board: Board, author: StoryClient): Promise<unknown> {
  return post(board, author, "Buy now!").catch((error: unknown) => {
    throw toTenureError(error);
  });
}

function words(unmet: UnmetFact[]): string {
  if (unmet.length === 0) return "all is met";
  return unmet
    .map(({ reason, actual, demanded }) => {
      if (reason === "tenure") return `tenure ${formatDuration(actual ?? 0)} of ${formatDuration(demanded ?? 0)}`;
      if (reason === "anchors") return `${actual} of ${demanded} anchors`;
      if (reason === "anchorWarnings") return `an anchor warns`;
      return reasonWords[reason];
    })
    .join(", ");
}
