import type { DELEGATION_STATUS_BY_CODE, OWN_STATUS_BY_CODE, STATUS_BY_CODE } from "../constants.ts";

/** The stable codes of ERC-8128. */
export type SignatureCode = keyof typeof STATUS_BY_CODE;

/** The stable codes that ERC-8395 adds. */
export type DelegationCode = keyof typeof DELEGATION_STATUS_BY_CODE;

/** All codes: the drafts', and those of HTTP and of the platform that the drafts leave open. */
export type AccessCode = SignatureCode | DelegationCode | keyof typeof OWN_STATUS_BY_CODE;

/** Why one signature does not let a request in. A value, as a later signature of the same request may still do. */
export class Refusal {
  readonly code: AccessCode;
  readonly detail: string;

  constructor(code: AccessCode, detail: string) {
    this.code = code;
    this.detail = detail;
  }
}
