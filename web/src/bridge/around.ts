/** The page that this one was opened by: the one that frames it, or the one that opened its window. */
export interface Around {
  /** Undefined when nobody did, or the opener is gone. */
  readonly window: () => Window | undefined;
  /** As the browser tells it; empty when it does not. */
  readonly origin: string;
}

/** Looks around. */
export function lookAround(): Around {
  const framed = window.parent !== window;
  const other = framed ? window.parent : (window.opener as Window | null);
  return {
    window: () => (other === null || other.closed ? undefined : other),
    origin: other === null ? "" : originAround(framed),
  };
}

function originAround(framed: boolean): string {
  const [nearest] = framed && "ancestorOrigins" in location ? Array.from(location.ancestorOrigins) : [];
  if (nearest !== undefined) return nearest;
  try {
    return document.referrer === "" ? "" : new URL(document.referrer).origin;
  } catch {
    return "";
  }
}
