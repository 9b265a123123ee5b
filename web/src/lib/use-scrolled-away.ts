import { useEffect, useState } from "react";

/** Past this many pixels a reader looks at older rows. */
const AWAY_PIXELS = 320;

/** True while the page is scrolled down, so that rows which arrive above do not push away what is being read. */
export function useScrolledAway(): boolean {
  const [away, setAway] = useState(false);
  useEffect(() => {
    const look = () => setAway(window.scrollY > AWAY_PIXELS);
    look();
    window.addEventListener("scroll", look, { passive: true });
    return () => window.removeEventListener("scroll", look);
  }, []);
  return away;
}
