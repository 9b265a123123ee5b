import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Linux counts in hundredths of a second wherever Node runs. */
const TICK_SECONDS = 0.01;

/** Seconds of processor time that a process has used, all its threads together; undefined where there is no /proc. */
export function cpuSeconds(pid: number): number | undefined {
  const fields = statOf(pid);
  return fields && (Number(fields[11]) + Number(fields[12])) * TICK_SECONDS;
}

/** The same of a process and its children, those that have ended included; 0 where there is no /proc. */
export function familyCpuSeconds(pid: number): number {
  const own = statOf(pid);
  if (own === undefined) return 0;
  // Fields 16 and 17: children that it waited for.
  let ticks = [11, 12, 13, 14].reduce((sum, at) => sum + Number(own[at]), 0);
  for (const child of childrenOf(pid)) {
    const fields = statOf(child);
    ticks += Number(fields?.[11] ?? 0) + Number(fields?.[12] ?? 0);
  }
  return ticks * TICK_SECONDS;
}

/** The processes that a process has started; none where there is no /proc. */
export function childrenOf(pid: number): number[] {
  if (!existsSync("/proc")) return [];
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((child) => Number(statOf(child)?.[1]) === pid);
}

/** Milliseconds that a process's main thread was ready to run and had no processor; 0 where nobody counts them. */
export function waitedMs(pid: number): number {
  const file = `/proc/${pid}/schedstat`;
  return existsSync(file) ? Number(readFileSync(file, "utf8").split(" ")[1]) / 1e6 : 0;
}

/** Bytes of memory that a process has in use; undefined where there is no /proc. */
export function residentBytes(pid: number): number | undefined {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return undefined;
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(file, "utf8"))?.[1]) * 1024;
}

/** The fields of /proc/<pid>/stat from the third on. */
function statOf(pid: number): string[] | undefined {
  try {
    // The second field is the program's name in brackets and may hold spaces; user and system time are fields 14 and 15.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}
