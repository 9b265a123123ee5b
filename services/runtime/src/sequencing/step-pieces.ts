import type { DeliveredCalls } from "../journal/read-calls.ts";

/** Cuts a delivery behind every call that sequencing is to be asked about, so that nothing is folded before the answer that it builds on. */
export function stepPieces({ firstSeq, tuples, text }: DeliveredCalls): DeliveredCalls[] {
  const pieces: DeliveredCalls[] = [];
  let from = 0;
  tuples.forEach(([, , method], index) => {
    const next = tuples[index + 1];
    const asks = method === "Navigate" || (method === "Terminate" && next?.[2] !== "Navigate");
    if (!asks || next === undefined) return;
    pieces.push(piece(firstSeq + from, tuples.slice(from, index + 1)));
    from = index + 1;
  });
  pieces.push(from === 0 ? { firstSeq, tuples, text } : piece(firstSeq + from, tuples.slice(from)));
  return pieces;
}

function piece(firstSeq: number, tuples: DeliveredCalls["tuples"]): DeliveredCalls {
  return { firstSeq, tuples, text: JSON.stringify(tuples) };
}
