/** A value of RFC 9651. Integers, decimals and dates stay apart, although all of them are numbers to JavaScript. */
export type BareItem =
  | { readonly type: "integer"; readonly value: number }
  | { readonly type: "decimal"; readonly thousandths: number }
  | { readonly type: "string"; readonly value: string }
  | { readonly type: "token"; readonly value: string }
  | { readonly type: "bytes"; readonly value: Uint8Array }
  | { readonly type: "boolean"; readonly value: boolean }
  | { readonly type: "date"; readonly value: number }
  | { readonly type: "display"; readonly value: string };

/** Parameters of an item or an inner list, in their order. */
export type Parameters = ReadonlyMap<string, BareItem>;

/** One value with its parameters. */
export interface Item {
  readonly kind: "item";
  readonly value: BareItem;
  readonly parameters: Parameters;
}

/** Some items in brackets, with parameters of their own. */
export interface InnerList {
  readonly kind: "list";
  readonly items: readonly Item[];
  readonly parameters: Parameters;
}

/** What stands behind a key of a dictionary. */
export type Member = Item | InnerList;

/** A whole field that is a list. */
export type List = readonly Member[];

/** A whole field that is a dictionary, in the order in which its keys were first met. */
export type Dictionary = ReadonlyMap<string, Member>;
