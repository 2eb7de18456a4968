/** One judged identity: its score, and whether it is a fraud. */
export interface Judged {
  score: number;
  isFraud: boolean;
}

/** How likely a fraud ranks below a benign one; a tie is half. */
export function areaUnderCurve(list: readonly Judged[]): number {
  const [frauds, others] = [list.filter(({ isFraud }) => isFraud), list.filter(({ isFraud }) => !isFraud)];
  let wins = 0;
  for (const { score } of frauds) {
    for (const other of others) wins += score < other.score ? 1 : score === other.score ? 0.5 : 0;
  }
  return wins / (frauds.length * others.length);
}

/** Average precision for frauds, the lowest score first; those with one score come together. */
export function averagePrecision(list: readonly Judged[]): number {
  const sorted = [...list].sort((a, b) => a.score - b.score);
  const frauds = list.filter(({ isFraud }) => isFraud).length;
  let [found, seen, sum] = [0, 0, 0];
  for (let i = 0; i < sorted.length; ) {
    const { score } = sorted[i] as Judged;
    let hits = 0;
    for (; sorted[i]?.score === score; i++, seen++) if (sorted[i]?.isFraud) hits++;
    found += hits;
    sum += (hits / frauds) * (found / seen);
  }
  return sum;
}

/** The value in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** What share of values is below one, from 0 to 100; half of those that equal it. */
export function percentile(values: readonly number[], value: number): number {
  let below = 0;
  for (const other of values) below += other < value ? 1 : other === value ? 0.5 : 0;
  return (100 * below) / values.length;
}
