/**
 * npm run test:quick: everything is compiled as tests are, in a folder of its own, so that a changed line of a contract is
 * tried in seconds. It behaves the same; gas and size are not those of what is deployed.
 */
export const isQuick = Boolean(process.env.TENURE_QUICK);
