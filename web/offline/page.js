// The page's half of offline use: has the service worker installed, and says when there is a new version.
//
// Plain JavaScript beside the app, so that it helps where the app itself cannot start. Invariant: where a browser
// refuses service workers (files from a disk, private windows, frames), nothing happens and nothing is logged.

const script = document.querySelector("meta[name='rolewalk-offline']")?.getAttribute("content");
const [worker, version] = script?.split("#") ?? [];
const container = canKeep() ? navigator.serviceWorker : undefined;

function canKeep() {
  try {
    const isFramed = window.top !== window.self;
    const saves = navigator.connection?.saveData === true;
    return window.isSecureContext && /^https?:$/.test(location.protocol) && !isFramed && !saves && "serviceWorker" in navigator;
  } catch {
    return false;
  }
}

if (container && worker) {
  container.addEventListener("message", (event) => {
    if (event.data?.other) tell();
  });
  container.addEventListener("controllerchange", () => {
    if (isReloading) location.reload();
    else ask(container.controller);
  });
  // After everything that the page itself needs.
  if (document.readyState === "complete") later();
  else addEventListener("load", later);
}

function later() {
  const idle = window.requestIdleCallback ?? ((then) => setTimeout(then, 1000));
  idle(() => register().catch(() => {}));
}

/** Of which version the page and a worker are is asked and told by message. */
const ask = (other) => other?.postMessage({ version });

let waiting;
let isReloading = false;

async function register() {
  const registration = await container.register(worker, { updateViaCache: "none" });
  const look = () => {
    waiting = registration.waiting ?? undefined;
    if (waiting) ask(waiting);
  };
  // Who is active may be of the version before: this page came from the network. That is nothing to tell.
  look();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
  // A page may stay open for days.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") registration.update().catch(() => {});
  });
  await container.ready;
  document.documentElement.dataset.offline = "ready";
}

/** Says that there is a new version; to reload is for whoever works here to choose. */
function tell() {
  if (document.getElementById("new-version")) return;
  const line = document.createElement("div");
  line.id = "new-version";
  line.className = "new-version";
  line.setAttribute("role", "status");
  const text = document.createElement("span");
  text.textContent = "There is a new version of Rolewalk. What you have made is kept. ";
  const reload = button("Reload", () => {
    isReloading = true;
    // Whoever waits takes over, which reloads; where nobody waits, the network has the new one.
    if (waiting?.state === "installed") waiting.postMessage({ takeOver: true });
    else location.reload();
  });
  line.append(text, reload, button("Later", () => line.remove()));
  document.body.append(line);
}

function button(words, then) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button small";
  button.textContent = words;
  button.addEventListener("click", then);
  return button;
}
