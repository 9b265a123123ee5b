import { PassThrough, type Readable } from "node:stream";
import { ZipFile } from "yazl";
import type { TemplateFile } from "./template/package-settings.ts";

/** The same files make the same bytes: the time in every entry is this one. In local time, as zip's own times have no zone. */
const TIME = new Date(2000, 0, 1);
const ENTRY = { mtime: TIME, mode: 0o100644, forceDosTimestamp: true };

/** A package inside an archive. */
export interface ArchivedPackage {
  readonly path: string;
  readonly size: number;
  readonly open: () => Readable;
}

/** A package as a stream. */
export function packageZip(files: readonly TemplateFile[]): Readable {
  const zip = new ZipFile();
  for (const { path, bytes } of files) zip.addBuffer(bytes, path, { ...ENTRY, compress: true });
  return endedZip(zip);
}

/** An archive of packages as a stream; each is opened when its turn comes, and stored as it is: it is compressed already. */
export function archiveZip(packages: readonly ArchivedPackage[]): Readable {
  const zip = new ZipFile();
  for (const { path, size, open } of packages) {
    zip.addReadStreamLazy(path, { ...ENTRY, compress: false, size }, (done) => {
      const file = open();
      file.once("error", (error) => zip.emit("error", error));
      done(undefined, file);
    });
  }
  return endedZip(zip);
}

function endedZip(zip: ZipFile): Readable {
  const output = new PassThrough();
  zip.on("error", (error: Error) => output.destroy(error));
  zip.outputStream.pipe(output);
  zip.end();
  return output;
}
