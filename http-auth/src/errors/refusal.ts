import type { OWN_STATUS_BY_CODE, STATUS_BY_CODE } from "../constants.ts";

/** The draft's stable codes. */
export type SignatureCode = keyof typeof STATUS_BY_CODE;

/** All codes: the draft's, and those of HTTP and of the platform that the draft leaves open. */
export type AccessCode = SignatureCode | keyof typeof OWN_STATUS_BY_CODE;

/** Why one signature does not let a request in. A value, as a later signature of the same request may still do. */
export class Refusal {
  readonly code: AccessCode;
  readonly detail: string;

  constructor(code: AccessCode, detail: string) {
    this.code = code;
    this.detail = detail;
  }
}
