import { useEffect, useState } from "react";

const QUARTER = 15 * 60_000;

/** The time, renewed with each quarter hour: boards of "the last days" go on while they are open. */
export function useClock(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setTimeout(() => setNow(Date.now()), QUARTER - (now % QUARTER) + 1_000);
    return () => clearTimeout(timer);
  }, [now]);
  return now;
}
