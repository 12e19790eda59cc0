type Waiting<Item, Result> = { item: Item; resolve(result: Result): void; reject(error: unknown): void };

/** After a call the slots that it set free need so long to ask for more; one large group costs less than two small ones. */
const LINGER_MS = 3;

type GroupOptions<Item, Result> = {
  /** Items in a call at most. */
  size: number;
  /** @returns the results in the order of the items; a rejection is that of every item. */
  call(items: Item[]): Promise<Result[]>;
};

/**
 * Makes a call for many out of calls for one: what is asked for while a call is on its way goes together in the next
 * one. A thousand small jobs do not cost a thousand round trips, and a single one does not wait.
 */
export function groupCalls<Item, Result>(options: GroupOptions<Item, Result>): (item: Item) => Promise<Result> {
  const waiting: Waiting<Item, Result>[] = [];
  let busy = false;

  const sendAll = async () => {
    // After the answers that have just arrived: jobs that they set free want to come along.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      await send(options, waiting.splice(0, options.size));
      await new Promise((resolve) => setTimeout(resolve, LINGER_MS));
    }
    busy = false;
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (busy) return;
      busy = true;
      void sendAll();
    });
}

async function send<Item, Result>({ call }: GroupOptions<Item, Result>, group: Waiting<Item, Result>[]): Promise<void> {
  try {
    const results = await call(group.map(({ item }) => item));
    if (results.length !== group.length) throw new Error(`${group.length} items came to ${results.length} results`);
    for (const [index, result] of results.entries()) group[index]?.resolve(result);
  } catch (error) {
    for (const { reject } of group) reject(error);
  }
}
