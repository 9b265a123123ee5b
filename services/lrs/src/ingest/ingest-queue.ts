import { performance } from "node:perf_hooks";
import { type Context, context, ROOT_CONTEXT } from "@opentelemetry/api";
import { overloaded } from "../errors.ts";
import type { Batch, Stored } from "./prepared-statement.ts";

/** How one batch of a group went: what was stored, or why nothing of it was. */
export type Outcome = Stored | Error;

/** Takes batches and writes those of one organization together that arrive at once or while others are being written. */
export interface IngestQueue {
  /** Resolves when the batch is on disk. @throws OVERLOADED at once when too much is waiting, and what the writing says. */
  store(batch: Batch): Promise<Stored>;
  /** Resolves when nothing is waiting any more. */
  idle(): Promise<void>;
}

/** Limits of the queue. */
export interface IngestLimits {
  readonly statements: number;
  readonly bytes: number;
  /** Transactions at the same time, of all organizations. */
  readonly writers: number;
}

interface Waiting {
  readonly batch: Batch;
  readonly bytes: number;
  readonly context: Context;
  readonly settle: (stored: Stored) => void;
  readonly fail: (error: unknown) => void;
}

/** Few enough that those who wait are prepared while a group is written. */
const MOST_STATEMENTS = 256;
const MOST_BYTES = 8 * 1024 * 1024;
/**
 * When so many wait, they go to the database while the group before them is still being written, so that their turn begins when the turn
 * before ends and not when we have heard of it. Fewer wait for others to go with.
 */
const ENOUGH_STATEMENTS = MOST_STATEMENTS / 2;
/** Groups of one organization that are under way at the same time. */
const MOST_GROUPS = 2;

/** @param writeGroup one transaction for some batches of one organization that share no id; answers for each. */
export function ingestQueue(
  writeGroup: (batches: readonly Batch[]) => Promise<Outcome[]>,
  limits: IngestLimits,
): IngestQueue {
  const queues = new Map<string, Waiting[]>();
  const underWay = new Map<string, Set<readonly Waiting[]>>();
  let writing = 0;
  let statements = 0;
  let bytes = 0;
  let perSecond = 1000;
  let awaited = false;
  let whenIdle: (() => void)[] = [];

  const leave = ({ batch, bytes: size }: Waiting): void => {
    statements -= batch.statements.length;
    bytes -= size;
  };

  /** Writes a group; answers what tells its members. */
  const write = async (group: readonly Waiting[]): Promise<() => void> => {
    const began = performance.now();
    try {
      // Outside of any one member's trace: the transaction belongs to all of them.
      const outcomes = await context.with(ROOT_CONTEXT, () => writeGroup(group.map(({ batch }) => batch)));
      const count = group.reduce((sum, { batch }) => sum + batch.statements.length, 0);
      perSecond += (count / Math.max(0.001, (performance.now() - began) / 1000) - perSecond) / 10;
      return () => {
        for (const [index, member] of group.entries()) {
          const outcome = outcomes[index];
          if (outcome === undefined || outcome instanceof Error) member.fail(outcome);
          else member.settle(outcome);
        }
      };
    } catch (error) {
      if (group.length === 1) return () => group[0]?.fail(error);
      // One batch may be what fails the transaction; the others must not suffer for it.
      for (const member of group) (await write([member]))();
      return () => undefined;
    }
  };

  const pump = (): void => {
    for (const [tenantId, queue] of queues) while (begin(tenantId, queue));
  };

  /** Begins to write a group of an organization, if there is one that may be written now. */
  const begin = (tenantId: string, queue: Waiting[]): boolean => {
    if (writing >= limits.writers) return false;
    const others = underWay.get(tenantId) ?? new Set();
    if (others.size >= MOST_GROUPS || (others.size > 0 && !holdsEnough(queue))) return false;
    const group = takeGroup(queue, others);
    if (queue.length === 0) queues.delete(tenantId);
    if (group.length === 0) return false;
    writing += 1;
    underWay.set(tenantId, others.add(group));
    write(group).then((tell) => {
      for (const member of group) leave(member);
      writing -= 1;
      others.delete(group);
      if (others.size === 0) underWay.delete(tenantId);
      // First the next group goes to the database, which writes it while those who are told now prepare what they send next.
      pump();
      setImmediate(tell);
      if (statements === 0) for (const resolve of whenIdle.splice(0)) resolve();
    });
    return true;
  };

  /** Everything that the sockets have brought by now goes into one group. */
  const pumpSoon = (): void => {
    if (awaited) return;
    awaited = true;
    setImmediate(() => {
      awaited = false;
      pump();
    });
  };

  return {
    store: (batch) =>
      new Promise((settle, fail) => {
        const size = batch.statements.reduce((sum, { raw }) => sum + raw.length, 0);
        if (
          statements > 0 &&
          (statements + batch.statements.length > limits.statements || bytes + size > limits.bytes)
        ) {
          const seconds = Math.min(60, Math.max(1, Math.ceil(statements / Math.max(1, perSecond))));
          return fail(overloaded({ retry_after_seconds: String(seconds) }));
        }
        statements += batch.statements.length;
        bytes += size;
        const queue = queues.get(batch.tenantId);
        const waiting = { batch, bytes: size, context: context.active(), settle, fail };
        if (queue) queue.push(waiting);
        else queues.set(batch.tenantId, [waiting]);
        pumpSoon();
      }),
    idle: () =>
      new Promise((resolve) => {
        if (statements === 0) resolve();
        else whenIdle = [...whenIdle, resolve];
      }),
  };
}

function holdsEnough(queue: readonly Waiting[]): boolean {
  let count = 0;
  return queue.some(({ batch }) => {
    count += batch.statements.length;
    return count >= ENOUGH_STATEMENTS;
  });
}

/**
 * Takes the batches that go together from the front of the queue; one that shares an id with them, or with a group under way, waits for
 * the next group.
 */
function takeGroup(queue: Waiting[], others: Iterable<readonly Waiting[]>): Waiting[] {
  const group: Waiting[] = [];
  const ids = new Set<string>();
  for (const other of others) for (const { batch } of other) for (const { id } of batch.statements) ids.add(id);
  let count = 0;
  let size = 0;
  let index = 0;
  for (; index < queue.length; index += 1) {
    const waiting = queue[index];
    if (waiting === undefined) break;
    count += waiting.batch.statements.length;
    size += waiting.bytes;
    const repeated = waiting.batch.statements.some(({ id }) => ids.has(id));
    if (repeated || (index > 0 && (count > MOST_STATEMENTS || size > MOST_BYTES))) break;
    for (const { id } of waiting.batch.statements) ids.add(id);
    group.push(waiting);
  }
  queue.splice(0, group.length);
  return group;
}
