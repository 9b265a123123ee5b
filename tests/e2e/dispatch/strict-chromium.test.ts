import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { strictChromium, strictPage } from "./strict-chromium.ts";

it("the browser of these tests blocks cookies of third parties and knows no unload", async () => {
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    response.writeHead(200, { "content-type": "text/html" });
    response.end(
      request.url === "/top"
        ? `<!doctype html><title>top</title><iframe src="http://127.0.0.1:${port}/framed"></iframe>`
        : "<!doctype html><title>framed</title><script>document.cookie = 'kept=1; SameSite=None; Secure'</script>",
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const browser = await strictChromium();
  try {
    const page = await strictPage(await browser.newContext());
    await page.goto(`http://localhost:${port}/top`);
    const framed = page.frames().find((frame) => frame.url().endsWith("/framed"));
    await framed?.waitForLoadState();
    expect(await framed?.evaluate("document.cookie")).toBe("");
    expect(await page.evaluate("document.featurePolicy.allowsFeature('unload')")).toBe(false);
    // Not because nobody may set it: as the first party it is kept.
    await page.goto(`http://127.0.0.1:${port}/framed`);
    expect(await page.evaluate("document.cookie")).toBe("kept=1");
  } finally {
    await browser.close();
    server.close();
  }
});
