// A page of somebody else that takes the widget in: on an origin of its own, with styles and a policy of its own.

import { createServer } from "node:http";

/**
 * Serves pages of a host. `page({ body, head, html, csp })` gives the address of a page; `file(name, content, status)` of
 * something beside it.
 */
export async function hostOf(site) {
  const files = new Map();
  const server = createServer((request, response) => {
    const found = files.get(new URL(request.url, "http://host").pathname);
    if (!found) {
      response.statusCode = request.url === "/favicon.ico" ? 204 : 404;
      return response.end();
    }
    response.writeHead(found.status ?? 200, { "content-type": found.type, ...found.headers });
    response.end(found.content);
  });
  await new Promise((listening, failed) => {
    server.once("error", failed);
    server.listen(0, "127.0.0.1", listening);
  });
  const address = `http://127.0.0.1:${server.address().port}/`;
  let nPages = 0;
  return {
    address,
    file(name, content, { status, type = "application/json", headers } = {}) {
      files.set(`/${name}`, { content, status, type, headers });
      return address + name;
    },
    page({ body, head = "", html = "", csp, script = `<script type="module" src="${site}rolewalk-playground.js"></script>` }) {
      const content = `<!doctype html><html lang="en" ${html}><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>A blog</title>${head}${script}</head>
<body><main><h1>A blog</h1>${body}</main></body></html>`;
      const name = `page-${++nPages}.html`;
      return this.file(name, content, { type: "text/html", headers: csp && { "content-security-policy": csp } });
    },
    close: () =>
      new Promise((closed) => {
        server.close(closed);
        server.closeAllConnections();
      }),
  };
}
