/* Service worker of the till. KEPT = {version, page, files} stands before this text; both change together. */
const CACHE = `kasir-${KEPT.version}`;
const FILES = new Set(KEPT.files);

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([KEPT.page, ...KEPT.files].map((address) => new Request(address, { cache: "reload", credentials: "omit" })))));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith("kasir-") && name !== CACHE) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  const address = request.mode === "navigate" && pathname === KEPT.page ? KEPT.page : FILES.has(pathname) ? pathname : null;
  // Whatever is not this version's goes to the network, untouched: sending has answers of its own.
  if (address) event.respondWith(caches.open(CACHE).then((cache) => cache.match(address)).then((kept) => kept ?? fetch(request)));
});
