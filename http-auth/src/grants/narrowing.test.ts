import { expect } from "chai";
import { signedChain } from "../../test/utils/grantedRequest.ts";
import { grantKeys } from "../../test/utils/grantKeys.ts";
import { checkNarrowing } from "./narrowing.ts";

describe("a chain that widens", () => {
  it("should be told in no more words of a stranger than any field", async () => {
    const names = Array.from({ length: 10 }, (_, index) => `wide:${"x".repeat(80)}:${index}`);
    const audiencePermissions = [{ audience: "https://api.example", permissions: names }];
    const { grants } = await signedChain(
      { like: "g0", to: grantKeys.a },
      { like: "g1", to: grantKeys.b, change: { audiencePermissions } },
    );
    const before = "A grant is wider than the one above it: ";
    expect(() => checkNarrowing(grants))
      .to.throw(Error, /^.{0,122}$/)
      .with.property("message")
      .that.contains(before);
  });
});
