/** On which channel it is announced that a chain's index has changed. */
export function channelOf(chain: number): string {
  return `index ${chain}`;
}
