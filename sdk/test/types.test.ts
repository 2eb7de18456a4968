// The types of the surface. What is asserted here is checked by `npm run typecheck`: a line marked as an error has to be
// one, and the two sides of `same` have to be one type.
import {
  type Edge,
  type getProfile,
  type KeyRole,
  pulse,
  pulseFor,
  type pulseForSync,
  type registerSync,
  type SignedPulse,
  type Status,
  tenurePublicActions,
  tenureWalletActions,
  type vouchSync,
} from "@tenure/sdk";
import { expect } from "chai";
import { createClient, type Hex, http, type TransactionReceipt } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { hardhat } from "viem/chains";
import { testKeys } from "./utils/localChain.ts";

type Same<a, b> = (<t>() => t extends a ? 1 : 2) extends <t>() => t extends b ? 1 : 2 ? true : false;

/** Compiles only where both types are one. */
function same<a, b>(isSame: Same<a, b>): void {
  expect(isSame).to.equal(true);
}

const transport = http("http://127.0.0.1:1", { retryCount: 0 });
const account = privateKeyToAccount(testKeys[0]);
const withAccount = createClient({ account, chain: hardhat, transport });
const withoutAccount = createClient({ chain: hardhat, transport });

describe("types", () => {
  it("should be named, precise and free of any", () => {
    same<Awaited<ReturnType<typeof pulse>>, Hex>(true);
    type Registered = Awaited<ReturnType<typeof registerSync>>;
    same<Registered["id"], number>(true);
    same<Registered["receipt"], TransactionReceipt>(true);
    same<Awaited<ReturnType<typeof vouchSync>>["edge"], Edge>(true);
    type Found = Awaited<ReturnType<typeof getProfile>>;
    same<Found["status"], Status>(true);
    same<Found["role"], KeyRole>(true);
    same<Found["firstSeen"], number>(true);
    same<Status, "unknown" | "active" | "suspended" | "retired">(true);
    const call = pulse.call(withAccount, { id: 1 });
    same<typeof call.functionName, "pulse">(true);
    same<typeof call.args, readonly [bigint, Hex]>(true);
    const signed = { id: 1, deadline: 1, signature: "0x00" } as const;
    const submission = pulseFor.call(withAccount, { signed });
    same<typeof submission.functionName, "pulseFor">(true);
    same<typeof submission.args, readonly [bigint, Hex, bigint, Hex]>(true);
    same<Awaited<ReturnType<typeof pulseForSync>>["checkpoint"], Hex>(true);
    type Bound = ReturnType<ReturnType<typeof tenureWalletActions>>;
    same<Awaited<ReturnType<Bound["signPulse"]>>, SignedPulse>(true);
    same<Awaited<ReturnType<Bound["proveKey"]>>, Hex>(true);
  });

  it("should ask for an account where the client has none, and only there", () => {
    const compiled = () => {
      pulse(withAccount, { id: 1 });
      pulse(withoutAccount, { id: 1, account });
      // @ts-expect-error nobody sends
      pulse(withoutAccount, { id: 1 });
      const bound = withoutAccount.extend(tenureWalletActions());
      bound.pulse({ id: 1, account });
      // @ts-expect-error nobody sends
      bound.pulse({ id: 1 });
      // @ts-expect-error nobody signs
      bound.signRegister({});
      // @ts-expect-error nobody signs
      bound.signPulse({ id: 1 });
      bound.signPulse({ id: 1, account });
      // @ts-expect-error nobody proves anything
      bound.proveKey({ id: 1 });
      bound.proveKeySync({ id: 1, account });
      const own = withAccount.extend(tenureWalletActions());
      own.signRegister({});
      own.signPulse({ id: 1 });
      own.proveKeySync({ id: 1, confirmations: 2 });
    };
    expect(compiled).to.be.a("function");
  });

  it("should refuse what the validation refuses at run time", () => {
    const compiled = () => {
      const reader = withAccount.extend(tenurePublicActions());
      // @ts-expect-error an identity is named
      reader.getProfile({});
      // @ts-expect-error by its number or by a key
      reader.getProfile({ id: 1, address: account.address });
      // @ts-expect-error identities are numbers
      reader.getIdentity({ id: 1n });
      // @ts-expect-error a check-in is of an identity
      withAccount.extend(tenureWalletActions()).signPulse({});
      // @ts-expect-error signed, or it is `pulse`
      pulseFor(withAccount, { signed: { id: 1 } });
      // @ts-expect-error there is no such demand
      reader.checkRequirement({ id: 1, requirement: { minFame: 1 } });
    };
    expect(compiled).to.be.a("function");
  });
});
