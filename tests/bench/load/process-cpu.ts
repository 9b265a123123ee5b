import { existsSync, readFileSync } from "node:fs";

/** Linux counts in hundredths of a second wherever Node runs. */
const TICK_SECONDS = 0.01;

/** Seconds of processor time that a process has used, all its threads together; undefined where there is no /proc. */
export function cpuSeconds(pid: number): number | undefined {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return undefined;
  // The second field is the program's name in brackets and may hold spaces; user and system time are fields 14 and 15.
  const stat = readFileSync(file, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK_SECONDS;
}
