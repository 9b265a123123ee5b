import { mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";

/** Where files lie until they are imported. Names are ids of ours, never what a caller sent. */
export interface UploadFolder {
  prepare(): Promise<void>;
  /** Of an upload. */
  uploadPath(uploadId: string): string;
  /** Of what an import downloads. */
  fetchPath(importId: string): string;
  /** Absent is success. */
  remove(path: string): Promise<void>;
  /** Waits until names of new files are on disk. */
  sync(): Promise<void>;
}

export function uploadFolder(folder: string): UploadFolder {
  return {
    prepare: async () => void (await mkdir(folder, { recursive: true })),
    uploadPath: (id) => join(folder, `${id}.upload`),
    fetchPath: (id) => join(folder, `${id}.fetch`),
    remove: (path) => rm(path, { force: true }),
    async sync() {
      const handle = await open(folder, "r");
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
    },
  };
}
