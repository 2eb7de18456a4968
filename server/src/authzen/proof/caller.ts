import type { Caller } from "@tenure/http-auth";
import { z } from "zod";
import type { Proof } from "../../types/question.ts";
import { Problem, validate } from "../../web/index.ts";

const account = z.string().regex(/^eip155:[1-9]\d{0,15}:0x[0-9a-f]{40}$/, "it has to be `eip155:1:0x…`, in lower case");
const text = z.string().max(2_048);
const words = z.array(text).max(128);
const seconds = z.int().min(0);

const grantSchema = z.object({
  issuer: text,
  delegateId: text,
  permissions: words,
  validAfter: seconds,
  validUntil: seconds,
  revocationHandle: text,
  digest: text,
});

/** A `Caller` as guards have it, in JSON. What it says of identities is left out: that is looked up. */
export const callerSchema = z.object({
  principal: account,
  signer: text,
  binding: z.enum(["request-bound", "class-bound", "former-draft"]),
  replayable: z.boolean(),
  expiresAt: seconds,
  grants: z.array(grantSchema).max(32),
  permissions: words.optional(),
});

/** A verified caller, as far as a proof is made of it. */
export type VerifiedCaller = z.output<typeof callerSchema>;

/** Seconds that the answer of a guard may be on its way. */
const DELAY = 60;

/**
 * What an enforcement point says that it verified.
 *
 * @throws Problem of 400 when it is no caller, or one that no guard could have.
 */
export function readCaller(value: unknown): VerifiedCaller {
  const caller = validate(callerSchema, value, "`context.caller`");
  const { principal, signer, grants, permissions } = caller;
  const [first] = grants;
  const last = grants.at(-1);
  const fits =
    first === undefined || last === undefined
      ? signer === principal && permissions === undefined
      : first.issuer === principal && last.delegateId === signer && permissions !== undefined;
  if (fits) return caller;
  const detail =
    "`context.caller` does not hang together: grants lead from the principal to the signer, with permissions.";
  throw new Problem(400, "invalid_request", detail);
}

/** Whether what was verified then still counts now. */
export function isCurrent({ expiresAt, grants }: VerifiedCaller, now: number): boolean {
  return [expiresAt, ...grants.map(({ validUntil }) => validUntil)].every((end) => now <= end + DELAY);
}

/** What a verified caller proves. */
export function proofOf(caller: VerifiedCaller | Caller): Proof {
  const { principal, signer, binding, replayable, grants, permissions } = caller;
  return {
    scheme: grants.length > 0 ? "erc8395" : "erc8128",
    // The draft's beginning covers less than a whole request, so that requests can be alike in it.
    binding: binding === "request-bound" ? "request-bound" : "class-bound",
    replayable,
    principal,
    signer,
    signerKind: signer.startsWith("eip155:") ? "account" : "session",
    grants: grants.map(
      ({ digest, revocationHandle: handle, issuer, delegateId: delegate, validAfter, validUntil }) => ({
        ...{ digest, handle, issuer, delegate, validAfter, validUntil },
      }),
    ),
    permissions,
  };
}

/** What it proves that somebody says who the subject is: nothing. */
export function assertedProof(principal: string): Proof {
  return {
    ...{ scheme: "asserted", binding: "none", replayable: true, principal, signer: principal, signerKind: "account" },
    ...{ grants: [], permissions: undefined },
  };
}
