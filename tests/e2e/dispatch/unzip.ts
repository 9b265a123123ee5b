import yauzl from "yauzl";

/** Files of a zip by path. */
export async function unzip(zip: Buffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const file = await yauzl.fromBufferPromise(zip);
  for await (const entry of file.eachEntry()) {
    if (entry.fileName.endsWith("/")) continue;
    files.set(entry.fileName, Buffer.concat(await (await file.openReadStreamPromise(entry)).toArray()));
  }
  return files;
}
