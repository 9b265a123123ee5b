import { afterAll, beforeAll, describe } from "vitest";
import { startProduct } from "../../product/start-product.ts";
import { type XapiPlace, xapiClient } from "../../product/xapi-client.ts";
import { requirementTests } from "./requirement-tests.ts";
import { scopeTests } from "./scope-tests.ts";

let place: XapiPlace;
beforeAll(async () => {
  const product = await startProduct();
  place = { product, call: xapiClient(product) };
});
afterAll(() => place.product.remove());

describe("the Experience API of a started product", () => requirementTests(() => place));
describe("scopes of keys in two organizations", () => scopeTests(() => place));
