import { type Context, context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { Append } from "./append.ts";

/** Writes appends, several together when they arrive at once or while others are being written. */
export interface GroupCommit {
  /** Resolves when the append is on disk: true; or when its instance had changed: false. One append an instance at a time. */
  write(append: Append): Promise<boolean>;
}

interface Waiting {
  readonly append: Append;
  readonly context: Context;
  readonly settle: (written: boolean) => void;
  readonly fail: (error: unknown) => void;
}

const MOST_APPENDS = 256;
const MOST_CHARACTERS = 4_000_000;
/** Appends that have to wait before another transaction beside one is worth it: few large ones cost less than many small ones. */
const ENOUGH_FOR_ANOTHER = 16;
/** Longest that appends wait for others to write beside; a transaction may be waiting for a lock that is none of theirs. */
const PATIENCE_MS = 25;
const ATTEMPTS = 5;
/** serialization_failure and deadlock_detected: nothing was written, and writing again may do. */
const PASSING = new Set(["40001", "40P01"]);

const tracer = trace.getTracer("coursemesh.runtime");

/**
 * @param write one transaction for some appends; answers for each whether it was written.
 * @param writers transactions at the same time, when there is enough to write.
 */
export function groupCommit(write: (appends: readonly Append[]) => Promise<boolean[]>, writers: number): GroupCommit {
  const queue: Waiting[] = [];
  let writing = 0;
  let awaited = false;
  let patient = false;

  const writeGroup = async (group: readonly Waiting[]): Promise<void> => {
    const spans = group.map((member) => startSpan(member.context, group.length));
    try {
      // Outside of any one member's trace: the statement belongs to all of them, and each has its own span for it.
      const appends = group.map((member) => member.append);
      const written = await writeAgain(() => context.with(ROOT_CONTEXT, () => write(appends)));
      for (const [index, member] of group.entries()) member.settle(written[index] === true);
    } catch (error) {
      for (const span of spans) span.setStatus({ code: SpanStatusCode.ERROR });
      if (group.length === 1) return group[0]?.fail(error);
      // One append may be what fails the statement; the others must not suffer for it.
      for (const member of group) await writeGroup([member]);
    } finally {
      for (const span of spans) span.end();
    }
  };

  const pump = (enough: number): void => {
    while (writing < writers && queue.length >= (writing === 0 ? 1 : enough)) {
      writing += 1;
      writeGroup(queue.splice(0, groupLength(queue))).finally(() => {
        writing -= 1;
        pump(ENOUGH_FOR_ANOTHER);
      });
    }
    if (patient || queue.length === 0 || writing === writers) return;
    patient = true;
    setTimeout(() => {
      patient = false;
      pump(1);
    }, PATIENCE_MS);
  };

  /** Everything that the sockets have brought by now goes into one group; it is read before any of it is written. */
  const pumpSoon = (): void => {
    if (awaited) return;
    awaited = true;
    setImmediate(() => {
      awaited = false;
      pump(ENOUGH_FOR_ANOTHER);
    });
  };

  return {
    write: (append) =>
      new Promise((settle, fail) => {
        queue.push({ append, context: context.active(), settle, fail });
        pumpSoon();
      }),
  };
}

function groupLength(queue: readonly Waiting[]): number {
  let characters = 0;
  for (const [index, { append }] of queue.entries()) {
    characters += append.calls.length;
    for (const [, state] of append.states) characters += state.length;
    if (index > 0 && (index >= MOST_APPENDS || characters > MOST_CHARACTERS)) return index;
  }
  return queue.length;
}

async function writeAgain(write: () => Promise<boolean[]>): Promise<boolean[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      if (attempt >= ATTEMPTS || !PASSING.has((error as { code?: string }).code ?? "")) throw error;
    }
  }
}

/** Every append has a span in its own trace, although one statement serves them all. */
function startSpan(parent: Context, groupSize: number): Span {
  return tracer.startSpan(
    "pg.query append_journal",
    {
      kind: SpanKind.CLIENT,
      attributes: {
        "db.system.name": "postgresql",
        "db.operation.name": "append_journal",
        "db.operation.batch.size": groupSize,
      },
    },
    parent,
  );
}
