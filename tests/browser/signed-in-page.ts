import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import type { Product } from "../product/start-product.ts";

/** A page of the admin UI, signed in as the product's first administrator. */
export interface SignedInPage {
  readonly page: Page;
  /** Address of the organization's pages: `http://…/o/slug`. */
  readonly home: string;
}

/** Opens a desk-sized page in English unless told otherwise, and signs in. */
export async function signedInPage(
  browser: Browser,
  product: Product,
  options: BrowserContextOptions = {},
): Promise<SignedInPage> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    ...options,
  });
  const page = await context.newPage();
  await page.goto(`${product.url}/sign-in`);
  await page.getByLabel("E-mail").fill(product.admin.email);
  await page.locator("input[type=password]").fill(product.admin.password);
  await page.locator("form button[type=submit]").click();
  await page.waitForURL(/\/o\/[^/]+/);
  return { page, home: `${product.url}/o/${new URL(page.url()).pathname.split("/")[2]}` };
}
