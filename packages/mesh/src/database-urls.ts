import { serviceUrl } from "@coursemesh/platform/db/migrate.ts";
import { services } from "./services.ts";

/** Prints `service=address` for every service with tables: `npm run --silent database-urls -- OWNER_URL SECRET > database-urls.env`. */
const [ownerUrl, secret] = process.argv.slice(2);
if (ownerUrl === undefined || secret === undefined) {
  console.error("usage: npm run --silent database-urls -- OWNER_URL DATABASE_SECRET");
  process.exit(2);
}
for (const { name, migrations } of services) {
  if (migrations !== undefined) console.log(`${name}=${serviceUrl(ownerUrl, secret, name)}`);
}
