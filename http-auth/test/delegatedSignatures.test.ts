// The rows of ERC-8128's vectors, for a request that is signed by a grant: a malformed signature is malformed by grants too.
import { expect } from "chai";
import { contentDigest } from "../src/digest/contentDigest.ts";
import type { Grant } from "../src/index.ts";
import { type GrantPlan, type RequestChange, requestBy } from "./utils/grantedRequest.ts";
import { accountKey, grantKeys, vectorSigner } from "./utils/grantKeys.ts";
import { type GrantTry, grantVerifier, setVectorEpochs } from "./utils/grantVerifier.ts";
import { type RegistryChain, startRegistryChain } from "./utils/registryChain.ts";
import { nodeThat } from "./utils/signers.ts";

const body = '{"hello":"world"}';
const NONCE = /;nonce="[^"]+"/;
const keys = { account: accountKey(vectorSigner("delegateA")), key: grantKeys.d };

describe("the rows of ERC-8128, by grants", () => {
  let chain: RegistryChain;
  let digest: string;
  before(async () => {
    chain = await startRegistryChain();
    await setVectorEpochs(chain);
    digest = await contentDigest(new TextEncoder().encode(body));
  });
  after(() => chain.close());

  for (const [who, to] of Object.entries(keys)) {
    describe(`of an ${who === "key" ? "Ed25519 key" : "account"}`, () => {
      const plans = (change: Partial<Grant> = {}): GrantPlan[] => [{ like: "g0", to, change }];
      const covered = (text: string) => text.replace(' "erc-8128', ' "content-digest" "content-type" "erc-8128');
      const posted = (change: RequestChange = {}, grant: Partial<Grant> = {}) => {
        const { input = (same: string) => same, headers, ...others } = change;
        return requestBy(plans(grant), {
          ...{ method: "POST", body, ...others },
          headers: { "content-type": "application/json", "content-digest": digest, ...headers },
          input: (text) => input(covered(text)),
        });
      };
      const verifier = (difference: GrantTry = {}) => grantVerifier(chain, difference);
      const altered = async (inputAfter: (text: string) => string) => posted({ inputAfter });
      const withHeader = async (name: string, value: string | undefined) => {
        const request = await posted();
        if (value === undefined) request.headers.delete(name);
        else request.headers.set(name, value);
        return request;
      };

      it("should let the whole one in, once", async () => {
        const { letIn, refused } = verifier();
        const request = await posted();
        expect(await letIn(request)).to.include({ binding: "request-bound" });
        await refused(request, "nonce_reused");
      });

      it("should hold about fields, rows 1 to 5", async () => {
        const { refused } = verifier();
        await refused(await withHeader("signature", undefined), "signature_missing");
        await refused(await withHeader("signature-input", undefined), "signature_missing");
        await refused(await withHeader("signature-input", "request=("), "signature_input_invalid");
        await refused(await withHeader("signature", "other=:AAAA:"), "signature_input_invalid");
        await refused(await withHeader("signature", `request=:${"A".repeat(10_928)}:`), "signature_too_large");
        await refused(await altered((text) => `${text};a;b;c;d;f;g;h;i;j;k;l;m`), "signature_too_large");
        await refused(
          await altered((text) => text.replace("erc8128-delegated", "erc8128-other")),
          "no_acceptable_signature",
        );
      });

      it("should hold about accounts and times, rows 6, 7 and 12 to 15", async () => {
        const { refused } = verifier();
        await refused(
          await altered((text) => text.replace(/keyid="[^"]+"/, 'keyid="eip155:01:0x00"')),
          "invalid_keyid",
        );
        await refused(await altered((text) => text.replace("1700000060", "1700000000")), "invalid_time");
        await refused(await altered((text) => text.replace(";created=1700000000", "")), "invalid_time");
        const grant = { maxRequestValiditySeconds: 600 };
        await verifier({ now: 1_699_999_969 }).refused(await posted(), "request_not_yet_valid");
        await verifier({ now: 1_700_000_091 }).refused(await posted(), "request_expired");
        const longer = { input: (text: string) => text.replace("1700000060", "1700000061") };
        await refused(await posted(longer, grant), "request_validity_too_long");
        await verifier({ policy: { maxValidity: 61 } }).letIn(await posted(longer, grant));
      });

      it("should serve no other chain than its own, row 7", async () => {
        const other = accountKey(vectorSigner("delegateA"), "erc8128", 10);
        const error = await verifier().refused(await requestBy([{ like: "g0", to: other }]), "unsupported_chain");
        expect(error.headers["www-authenticate"]).to.contain('chains="eip155:1"');
        const root = { issuer: vectorSigner("root").address.toLowerCase() };
        const issuer = `eip155:10:${root.issuer}`;
        await verifier().refused(await requestBy(plans({ issuer })), "unsupported_chain");
      });

      it("should hold about nonces, rows 16 and 20 to 23", async () => {
        const { refused } = verifier();
        const long = (text: string) => text.replace(NONCE, `;nonce="${"n".repeat(129)}"`);
        await refused(await posted({ input: long }), "invalid_nonce");
        await refused(await posted({ input: (text) => text.replace(NONCE, ";nonce=1") }), "invalid_nonce");
        const grant = { requireNonReplayable: false };
        const bare = () => posted({ input: (text) => text.replace(NONCE, "") }, grant);
        await refused(await bare(), "nonce_required");
        const ended: unknown[] = [];
        const invalidations = { isInvalidated: (signature: { keyid: string }) => ended.push(signature.keyid) > 1 };
        const policy = { replay: "either" } as const;
        const either = verifier({ options: { invalidations }, policy });
        expect(await either.letIn(await bare())).to.include({ replayable: true });
        await either.refused(await bare(), "replayable_not_allowed");
        expect(new Set(ended).size).to.equal(1);
        const options = { invalidations, isReplayAllowed: () => false };
        await verifier({ options, policy }).refused(await bare(), "replayable_not_allowed");
      });

      it("should let only keys that are no accounts end their signatures by grants, row 21", async () => {
        const policy = { isInvalidationEndpoint: true, replay: "either", classBound: [] } as const;
        const { letIn, refused } = verifier({ policy });
        const grant = { requireNonReplayable: false };
        if (who === "account") await refused(await posted({}, grant), "unsupported_delegation");
        else {
          await letIn(await posted({}, grant));
          await refused(await posted({ input: (text) => text.replace(NONCE, "") }, grant), "nonce_required");
          await refused(
            await posted({ input: (text) => text.replace('"@path" ', "") }, grant),
            "insufficient_coverage",
          );
        }
      });

      it("should hold about coverage and content, rows 17 to 19", async () => {
        const { refused } = verifier();
        for (const name of ["@scheme", "@authority", "@method", "@path", "@query", "content-digest", "content-type"]) {
          const error = await refused(await altered((text) => text.replace(`"${name}" `, "")), "insufficient_coverage");
          const list = '"@scheme" "@authority" "@method" "@path" "@query" "content-digest" "content-type"';
          expect(error.headers["accept-signature"]).to.equal(
            `request=(${list});created;expires;tag="erc8128", ` +
              `delegated=(${list} "erc-8128-delegation";sf);created;expires;tag="erc8128-delegated", ` +
              `delegated-ecdsa-p256-sha256=(${list} "erc-8128-delegation";sf);created;expires;alg="ecdsa-p256-sha256";tag="erc8128-delegated", ` +
              `delegated-ed25519=(${list} "erc-8128-delegation";sf);created;expires;alg="ed25519";tag="erc8128-delegated"`,
          );
        }
        await refused(await withHeader("content-digest", undefined), "content_digest_required");
        await refused(await withHeader("content-digest", "sha-256=:AAAA:"), "bad_content_digest");
        await refused(await posted({ body: '{"hello":"World"}' }), "bad_content_digest");
      });

      it("should hold about the signature, and candidates, rows 25 to 28", async () => {
        const request = await posted();
        const moved = new Request("https://api.example/resource?x=2", request.clone());
        const { refused } = verifier();
        await refused(moved, "bad_signature");
        const silent = nodeThat(() => {
          throw new Error("connection refused");
        });
        const down = verifier({ options: { clients: [silent.client] } });
        const isKey = who === "key";
        await down.refused(request, isKey ? "grant_verification_unavailable" : "signature_verification_unavailable");
        const options = { isPrincipalAllowed: (principal: string) => principal !== grantKeys.root.delegate };
        await verifier({ options }).refused(request, "principal_not_allowed");
        const denied = verifier({ policy: { decide: () => false } });
        expect(await denied.outcome(request)).to.include({ code: "access_denied", status: 403 });
        expect(denied.consumed).to.deep.equal([]);
      });
    });
  }

  it("should ask nobody about an account whose signature says that a key made it", async () => {
    const input = (text: string) => `${text};mode="eoa"`;
    const request = await requestBy([{ like: "g0", to: keys.account }], { input });
    const { letIn, asked } = grantVerifier(chain);
    await letIn(request);
    expect(asked.filter((method) => method === "eth_getCode")).to.have.length(1);
  });
});
