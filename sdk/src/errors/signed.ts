import type { Address } from "viem";
import { show } from "./arguments.ts";
import { type ErrorOptions, TenureError } from "./base.ts";

/** What came from somewhere else is not the signature that it was taken for. */
export class InvalidSignedError extends TenureError {
  declare readonly name: "InvalidSignedError";
  /** The field that is wrong; undefined where it is no signature at all. */
  readonly field: string | undefined;

  constructor(
    { field, value, demanded }: { field?: string | undefined; value: unknown; demanded: string },
    options?: ErrorOptions,
  ) {
    super(
      "InvalidSignedError",
      field === undefined
        ? `${show(value)} is not a signature of this package.`
        : `A signature of this package cannot have ${show(value)} as ${field}.`,
      field === undefined ? `It is ${demanded}.` : `\`${field}\` is ${demanded}.`,
      options,
    );
    this.field = field;
  }
}

/** What was signed can never count, so that there is nothing to take back. */
export class SignatureVoidError extends TenureError {
  declare readonly name: "SignatureVoidError";
  /** Why, as the end of a sentence. */
  readonly why: string;

  constructor({ why }: { why: string }, options?: ErrorOptions) {
    super("SignatureVoidError", `It is void: ${why}.`, "Nothing has to be done.", options);
    this.why = why;
  }
}

/** What was signed counts on another chain, or for another registry, than the client's. */
export class SignedElsewhereError extends TenureError {
  declare readonly name: "SignedElsewhereError";

  constructor(
    { signedFor, here }: Record<"signedFor" | "here", { chainId: number; registry: string }>,
    options?: ErrorOptions,
  ) {
    super(
      "SignedElsewhereError",
      `It was signed for ${signedFor.registry} on chain ${signedFor.chainId}, and not for ${here.registry} on chain ${here.chainId}.`,
      "Take it back there: with a client of that chain, or with `addresses`.",
      options,
    );
  }
}

/** The signature names its signer by a key epoch that is yet to come. */
export class SignerUnknownError extends TenureError {
  declare readonly name: "SignerUnknownError";

  constructor({ id, signatureNonce }: { id: number; signatureNonce: number }, options?: ErrorOptions) {
    super(
      "SignerUnknownError",
      `It was signed for a later key of identity ${id} than it has, and not by this account: whose nonce ${signatureNonce} it carries cannot be known yet.`,
      "As the account that signed, use that nonce up with `invalidateNonces`.",
      options,
    );
  }
}

/** A signature by a key is in a form that no registry takes. */
export class SignatureFormError extends TenureError {
  declare readonly name: "SignatureFormError";
  /** Who would have signed: an account without code. */
  readonly signer: Address;
  /** What is wrong with it. */
  readonly form: "64 bytes" | "high s" | "v of 0 or 1";

  constructor(
    { signer, form }: { signer: Address; form: "64 bytes" | "high s" | "v of 0 or 1" },
    options?: ErrorOptions,
  ) {
    super(
      "SignatureFormError",
      `The signature has ${form === "high s" ? "a high s" : form === "64 bytes" ? form : `a ${form}`}, and the registries take only 65 bytes with a low s and a v of 27 or 28.`,
      `Write it anew with \`canonicalSignature\`, which needs no key: ${signer} has no code that could take another form.`,
      options,
    );
    this.signer = signer;
    this.form = form;
  }
}

/** What was signed is by a smart account that is not deployed yet (ERC-6492). */
export class SignerNotDeployedError extends TenureError {
  declare readonly name: "SignerNotDeployedError";
  /** Where the smart account will be. */
  readonly signer: Address;

  constructor({ signer }: { signer: Address }, options?: ErrorOptions) {
    super(
      "SignerNotDeployedError",
      `The smart account ${signer} signed this, and is not deployed yet (ERC-6492): no registry can ask it.`,
      "Deploy the smart account first, then send the same signature again: it is unwrapped then.",
      options,
    );
    this.signer = signer;
  }
}
