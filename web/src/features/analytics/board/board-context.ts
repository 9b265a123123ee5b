import type { MessageInitShape } from "@bufbuild/protobuf";
import type { BoardQuestionSchema } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { createContext, useContext } from "react";
import type { Zone } from "../../../lib/format/time.ts";
import type { BoardRange, BoardSearch, OpenFigure } from "./board-search.ts";

/** What all parts of a board share. */
export interface Board {
  readonly search: BoardSearch;
  readonly change: (change: BoardSearch) => void;
  readonly range: BoardRange;
  readonly zone: Zone;
  readonly question: MessageInitShape<typeof BoardQuestionSchema>;
  /** Opens the registrations behind a number. */
  readonly open: (figure: OpenFigure) => void;
}

const BoardContext = createContext<Board | undefined>(undefined);

export const BoardProvider = BoardContext.Provider;

export function useBoard(): Board {
  const board = useContext(BoardContext);
  if (!board) throw new Error("no board around this component");
  return board;
}
