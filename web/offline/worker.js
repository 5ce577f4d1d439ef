// The service worker: keeps the whole site, so that it opens and works without a network after the first visit.
//
// `cargo xtask build` writes SITE in front of this: the version and what lies in the site, each file with the hash of its
// content. Knows nothing of the page. Invariant: what is kept is one whole version; a version that is not complete is
// never installed, and nothing but answers of this site is ever kept.

/* global self, caches, clients, crypto, SITE */

const CACHE = `rolewalk ${SITE.version}`;
const PREFIX = "rolewalk ";
const ROOT = new URL("./", self.location.href).href;
/** How long the network may take for the page itself, where a kept one is there. */
const PATIENCE_MS = 4000;

const address = (path) => new URL(path, ROOT).href;
const FILES = new Map(SITE.files.map(([path, hash]) => [address(path), hash]));

/** Keeps every file: from the version before where it is the same one, else from the host. */
async function install() {
  const cache = await caches.open(CACHE);
  const earlier = await keptBefore();
  const queue = [...FILES];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [url, hash] = next;
      const kept = await earlier(url, hash);
      if (kept) {
        await cache.put(url, kept);
        continue;
      }
      // The host's copy, not one that the browser has of an earlier version under the same name.
      const answer = await fetch(url, { cache: "no-cache" });
      if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
      const content = await answer.arrayBuffer();
      if ((await hashOf(content)) !== hash) throw new Error(`${url} is of another version`);
      await cache.put(url, named(answer, content, hash));
    }
  };
  await Promise.all(Array.from({ length: 4 }, worker));
}

const HASH = "x-rolewalk-hash";

async function hashOf(content) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return [...digest.subarray(0, 8)].map((it) => it.toString(16).padStart(2, "0")).join("");
}

/** The answer with its hash, so that the next version need not fetch the same again. */
function named(answer, content, hash) {
  const type = answer.headers.get("content-type") ?? "application/octet-stream";
  return new Response(content, { headers: { "content-type": type, [HASH]: hash } });
}

async function keptBefore() {
  const names = (await caches.keys()).filter((it) => it.startsWith(PREFIX) && it !== CACHE);
  const stores = await Promise.all(names.map((it) => caches.open(it)));
  return async (url, hash) => {
    for (const store of stores) {
      const answer = await store.match(url);
      if (answer?.headers.get(HASH) === hash) return answer;
    }
    return undefined;
  };
}

async function activate() {
  const names = await caches.keys();
  await Promise.all(names.filter((it) => it.startsWith(PREFIX) && it !== CACHE).map((it) => caches.delete(it)));
  await clients.claim();
}

/** The kept file of an address, whatever stands behind `?` and `#`. */
async function kept(url) {
  const cache = await caches.open(CACHE);
  return cache.match(url.origin + url.pathname);
}

/** A name with the hash of its content in it is the same for good; the page and what has a plain name may be newer. */
const isHashed = (path) => /[-_.][0-9a-f]{12,}[_.]/.test(path);

async function answer(request, url) {
  const isPage = url.origin + url.pathname === ROOT || url.pathname === new URL("index.html", ROOT).pathname;
  const found = await kept(isPage ? new URL("index.html", ROOT) : url);
  if (!found) return fetch(request);
  if (isHashed(url.pathname)) return found;
  const fresh = fetch(request).then(
    (it) => (it.ok ? it : found),
    () => found,
  );
  if (!isPage) return fresh;
  // A network that is there and answers nothing is no reason to wait.
  return Promise.race([fresh, new Promise((late) => setTimeout(late, PATIENCE_MS, found))]);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const isOurs = request.method === "GET" && url.href.startsWith(ROOT);
  if (isOurs) event.respondWith(answer(request, url));
});

// The page says which version it is. The same one may take over without a word; of another one the page is told.
self.addEventListener("message", (event) => {
  const { version, takeOver } = event.data ?? {};
  if (takeOver || version === SITE.version) self.skipWaiting();
  else if (version) event.source?.postMessage({ other: SITE.version });
});
