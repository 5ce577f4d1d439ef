// Serves the built site on a free port of 127.0.0.1, below a folder, as many static hosts do:
// an address that only works at the root of a host is then seen to be wrong.

import { createServer } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import sirv from "sirv";

const FOLDER = "/some/folder/";

/** The site to test: ROLEWALK_DIST, else `dist/` of this checkout. */
export function builtSite() {
  const here = fileURLToPath(new URL(".", import.meta.url));
  const site = resolve(process.env.ROLEWALK_DIST ?? resolve(here, "../../dist"));
  if (!existsSync(resolve(site, "index.html"))) {
    throw new Error(`${site} holds no built site: run \`cargo xtask build\` first`);
  }
  return site;
}

/** What `name.end` is called in a site: `index.html` lists what has the hash of its content in its name and is asked for later. */
export function fileOf(site, name) {
  const index = readFileSync(join(site, "index.html"), "utf8");
  const [, list] = index.match(/name="rolewalk-files" content="([^"]*)"/);
  const [stem, end] = name.split(".");
  const found = list.split(" ").find((it) => it.startsWith(`${stem}-`) && it.endsWith(`.${end}`));
  if (!found) throw new Error(`index.html lists no ${name}: ${list}`);
  return found;
}

/** What has the hash of its content in its name is the same for good. */
const keep = (response, path) => {
  const isKept = /[-_][0-9a-f]{15,16}[._]/.test(path);
  response.setHeader("Cache-Control", isKept ? "public, max-age=31536000, immutable" : "no-cache");
};

/**
 * Starts the server; `address` ends in a slash, `close` ends it. `dev`: the files may change meanwhile. `asHosted`: with
 * the compressed copies and the headers of docs/hosting.md.
 */
export async function serve(site, { dev = false, asHosted = false } = {}) {
  const hosted = asHosted ? { brotli: true, gzip: true, setHeaders: keep } : {};
  const files = sirv(site, { etag: true, dev, ...hosted });
  const server = createServer((request, response) => {
    // Pages of others take the widget in from here, and so do frames without an origin of their own.
    response.setHeader("Access-Control-Allow-Origin", "*");
    const notFound = () => {
      response.statusCode = 404;
      response.end("not found");
    };
    if (!request.url.startsWith(FOLDER)) return notFound();
    request.url = request.url.slice(FOLDER.length - 1);
    files(request, response, notFound);
  });
  await new Promise((listening, failed) => {
    server.once("error", failed);
    server.listen(0, "127.0.0.1", listening);
  });
  return {
    address: `http://127.0.0.1:${server.address().port}${FOLDER}`,
    close: () =>
      new Promise((closed) => {
        server.close(closed);
        server.closeAllConnections();
      }),
  };
}
