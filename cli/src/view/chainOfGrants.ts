// Grants from the root to the last, as people read them.
import type { ChainedGrant } from "@tenure/http-auth";
import { formatCount, formatDuration } from "@tenure/sdk";
import type { IsSigned, LinkStatus } from "../chain/delegations.ts";
import { colors } from "./colors.ts";
import { LABEL, line } from "./rows.ts";
import { moment, plain } from "./text.ts";
import { outputWidth } from "./width.ts";
import { wrap } from "./wrap.ts";

/** What is known of a grant beside what it says. */
export type Known = { isSigned: IsSigned; status: LinkStatus };

const MARGIN = "  ";

/** Whether it is the time of a grant. */
export type Phase = "not begun" | "running" | "ended";

/** Beyond any date that can be written, some grants may say that they end. */
const LAST = 253_402_300_799n;

/** @param now Seconds since 1970. */
export function phaseOf({ validAfter, validUntil }: ChainedGrant["grant"], now: number): Phase {
  if (now < validAfter) return "not begun";
  return now >= validUntil ? "ended" : "running";
}

/** A second as a date; the far future, which no calendar reaches, as it stands. */
export function date(second: bigint): string {
  return second > LAST ? `second ${second}` : moment(Number(second));
}

/** The grants of a chain, each with its depth and what is known of it. */
export function linksOf(
  grants: readonly ChainedGrant[],
  signed: readonly IsSigned[],
  statuses: readonly LinkStatus[],
): { grant: ChainedGrant; depth: number; of: Known }[] {
  return grants.map((grant, index) => {
    return { grant, depth: index + 1, of: { isSigned: signed[index], status: statuses[index] ?? "unknown" } };
  });
}

/** One grant of a chain: who lets whom do what, until when, and whether it counts. */
export function grantText({ grant, ...link }: ChainedGrant, depth: number, known: Known, now: number): string {
  const room = outputWidth() - LABEL - MARGIN.length;
  const seconds = formatDuration(grant.maxRequestValiditySeconds);
  const lines = [
    ...whole("delegate", link.delegateId, room),
    ...whole("key", `${grant.delegateProfile} ${grant.delegate}`, room),
    ...grant.audiencePermissions.flatMap(({ audience, permissions }) =>
      whole("may", `${permissions.join(", ") || "nothing by name"} at ${audience}`, room),
    ),
    line("time", `${date(grant.validAfter)} to ${date(grant.validUntil)} UTC, ${phaseText(phaseOf(grant, now))}`),
    line("requests", `for ${seconds} each, ${grant.requireNonReplayable ? "each once" : "which may come again"}`),
    ...(grant.requiredComponents.length === 0 ? [] : whole("covering", grant.requiredComponents.join(", "), room)),
    line("below", formatCount(grant.remainingDelegations, "level")),
    line("id", grant.id),
    line("epoch", String(grant.epoch)),
    line("revoked by", link.revocationAccount),
    ...(link.revocationHandle === grant.id ? [] : [line("under", link.revocationHandle)]),
    line("digest", link.digest),
    line("signed", signedText(known.isSigned)),
    line("status", statusText(known.status)),
  ];
  const head = `${colors().bold(`grant ${depth}`)}, by ${grant.issuer}`;
  return [head, ...lines.map((text) => `${MARGIN}${text}`)].join("\n");
}

/** All of it: what somebody may do is never cut. */
function whole(label: string, text: string, room: number): string[] {
  return wrap(plain(text), room)
    .split("\n")
    .map((part, index) => line(index === 0 ? label : "", part));
}

function phaseText(phase: Phase): string {
  return phase === "running" ? colors().green(phase) : colors().red(phase);
}

function signedText(isSigned: IsSigned): string {
  if (isSigned === undefined) return colors().yellow("not known");
  return isSigned ? colors().green("by its issuer") : colors().red("not by its issuer");
}

/** What became of a grant; what is not known is said so. */
function statusText(status: LinkStatus): string {
  if (status === "unknown") return colors().yellow("not known");
  if (status === "active") return colors().green("not revoked, of its issuer's epoch");
  return colors().red(status === "revoked" ? "revoked" : "of another epoch than its issuer's: void");
}

/** What of a chain of grants programs are told of each. */
export function grantFields({ grant, ...link }: ChainedGrant, depth: number, { status, isSigned }: Known): object {
  return {
    depth,
    ...{ issuer: grant.issuer, delegate: grant.delegate, delegateId: link.delegateId, profile: grant.delegateProfile },
    audiencePermissions: grant.audiencePermissions,
    ...{ validAfter: numberOr(grant.validAfter), validUntil: numberOr(grant.validUntil), epoch: grant.epoch },
    ...{ maxRequestValidity: grant.maxRequestValiditySeconds, remainingDelegations: grant.remainingDelegations },
    ...{ requireNonReplayable: grant.requireNonReplayable, requiredComponents: grant.requiredComponents },
    ...{ id: grant.id, revocationAccount: link.revocationAccount, revocationHandle: link.revocationHandle },
    ...{ digest: link.digest, signature: link.signature, isSigned, status },
  };
}

/** Times are numbers, and texts where no number holds them. */
function numberOr(second: bigint): number | bigint {
  return second > BigInt(Number.MAX_SAFE_INTEGER) ? second : Number(second);
}
