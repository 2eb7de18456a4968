/** Lets one at a time do something, in the order in which they came. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<result>(work: () => Promise<result>): Promise<result> {
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
