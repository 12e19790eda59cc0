type Waiting<Item, Result> = { item: Item; resolve(result: Result): void; reject(error: unknown): void };

type GroupOptions<Item, Result> = {
  /** Items in a call at most. */
  size: number;
  /** Calls on their way at a time. */
  lanes: number;
  /** @returns the results in the order of the items; a rejection is that of every item. */
  call(items: Item[]): Promise<Result[]>;
};

/**
 * Makes a call for many out of calls for one: what is asked for while calls are on their way goes together in the next
 * one. A thousand small jobs do not cost a thousand round trips, and a single one does not wait.
 */
export function groupCalls<Item, Result>(options: GroupOptions<Item, Result>): (item: Item) => Promise<Result> {
  const waiting: Waiting<Item, Result>[] = [];
  let busy = 0;
  let planned = false;

  const sendAll = async () => {
    busy += 1;
    while (waiting.length > 0) await send(options, waiting.splice(0, options.size));
    busy -= 1;
  };
  const plan = () => {
    if (planned || busy >= options.lanes) return;
    planned = true;
    // After the answers that have just arrived: jobs that they set free want to come along.
    setImmediate(() => {
      planned = false;
      if (waiting.length > 0) void sendAll();
    });
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      plan();
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
