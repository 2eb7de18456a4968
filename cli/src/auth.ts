// What is needed of signed requests and of grants. Most commands need nothing of it: who does imports this file when it does.
export {
  checkChain,
  createSession,
  createSessionKey,
  createSignedFetch,
  decodeGrants,
  exportSession,
  openSession,
  signatureBases,
  signRequest,
  verifyGrants,
} from "@tenure/http-auth";
