import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { childrenOf } from "../bench/load/process-cpu.ts";
import type { Product } from "../product/start-product.ts";

/** Whether a product's processes can be found one by one on this system. */
export const CAN_SEE_PROCESSES = existsSync("/proc");

/** Processes that a mesh keeps running, by what they are: `webhook`, `bff`, `gateway`. */
export function processesOf(product: Product): Map<string, number> {
  const named = childrenOf(product.pid()).map((pid): [string, number] => [nameOf(pid), pid]);
  return new Map(named.filter(([name]) => name !== ""));
}

function nameOf(pid: number): string {
  let command = "";
  try {
    command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    // It has ended.
  }
  const found = /(?:services\/)?([a-z]+)\/src\/(?:main|(gateway))\.ts/.exec(command);
  return found?.[2] ?? found?.[1] ?? "";
}

/** SIGKILL to one process of a mesh; resolves when another of its kind runs. */
export async function killOne(product: Product, name: string): Promise<void> {
  const pid = await running(product, name);
  process.kill(pid, "SIGKILL");
  await running(product, name, pid);
}

/** SIGKILL to all of an installation at once, as a power failure does, and a new start. */
export async function killAll(product: Product): Promise<void> {
  const others = [...processesOf(product).values()];
  const gone = product.kill();
  for (const pid of others) process.kill(pid, "SIGKILL");
  await gone;
  await product.restart();
}

async function running(product: Product, name: string, otherThan?: number): Promise<number> {
  for (const end = performance.now() + 30_000; performance.now() < end; await sleep(50)) {
    const pid = processesOf(product).get(name);
    if (pid !== undefined && pid !== otherThan) return pid;
  }
  throw new Error(`no process of ${name} runs`);
}
