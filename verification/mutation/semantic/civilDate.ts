import type { Slips } from "./slip.ts";
import { statedIn } from "./statedIn.ts";

export const civilDate: Slips = {
  file: "contracts/libraries/CivilDate.sol",
  slips: statedIn("test/conformance/registrationFile.test.ts", [
    {
      rule: "A year that ends a century has no leap day.",
      from: "uint256 yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;",
      to: "uint256 yearOfEra = (dayOfEra - dayOfEra / 1460) / 365;",
      more: [{ from: "yearOfEra / 4 - yearOfEra / 100);", to: "yearOfEra / 4);" }],
    },
    {
      rule: "A day has two digits, as a month has.",
      from: '"-", _two(month), "-", _two(day));',
      to: '"-", _two(month), "-", Strings.toString(day));',
    },
    {
      rule: "A month has two digits, as a day has.",
      from: '"-", _two(month), "-", _two(day));',
      to: '"-", Strings.toString(month), "-", _two(day));',
    },
    {
      rule: "January and February belong to the year that they begin, both of them.",
      from: "(month <= 2 ? 1 : 0);",
      to: "(month == 1 ? 1 : 0);",
    },
  ]),
};
