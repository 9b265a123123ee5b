import { createContext, useContext } from "react";
import type { UploadQueue } from "./upload-queue.ts";

const UploadsContext = createContext<UploadQueue | undefined>(undefined);

export const UploadsProvider = UploadsContext.Provider;

export function useUploads(): UploadQueue {
  const queue = useContext(UploadsContext);
  if (!queue) throw new Error("no upload queue around this component");
  return queue;
}
