import { escapeText } from "./escape-text.ts";
import type { PackageSettings } from "./package-settings.ts";

/**
 * The page that a host opens. All it loads lies beside it, and nothing stands in the page itself, so that it also runs where a host's
 * Content-Security-Policy forbids inline scripts.
 */
export function indexPage({ title }: PackageSettings): string {
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="referrer" content="strict-origin-when-cross-origin">
    <title>${escapeText(title)}</title>
    <link rel="stylesheet" href="launcher.css">
  </head>
  <body>
    <div id="launcher"></div>
    <noscript>This course needs JavaScript. Please turn it on in the browser and open the course again.</noscript>
    <script src="package.js"></script>
    <script src="launcher.js"></script>
  </body>
</html>
`;
}
