/** What is known of the host, asked with care: any of it may be missing, or forbidden. */

function attempt(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** A variable of the environment, where there is one that may be read without asking anybody. */
export function readEnv(name) {
  const text = attempt(() => {
    const { Deno, process } = globalThis;
    const permission = Deno?.permissions?.querySync?.({ name: "env", variable: name });
    if (permission && permission.state !== "granted") return undefined;
    return Deno?.env ? Deno.env.get(name) : process?.env?.[name];
  });
  return typeof text === "string" && text.trim() ? text.trim() : undefined;
}

/** Whether this is a page, or a worker of one, where everybody can read a key. */
export function isBrowser() {
  const { window, navigator, process, Deno, Bun, EdgeRuntime, WorkerGlobalScope, self } = globalThis;
  if (Deno || Bun || EdgeRuntime || attempt(() => process?.versions?.node)) return isPage(window);
  if (attempt(() => navigator?.userAgent) === "Cloudflare-Workers") return false;
  const isWorker = typeof WorkerGlobalScope === "function" && attempt(() => self instanceof WorkerGlobalScope);
  return isPage(window) || isWorker === true;
}

const isPage = (window) => attempt(() => typeof window?.document?.createElement === "function") === true;

/** The origin of the page, where there is one. */
export function origin() {
  const found = attempt(() => globalThis.location?.origin);
  return typeof found === "string" && found.startsWith("http") ? found : undefined;
}

/** A token that nobody else has. Pages without TLS have no `randomUUID`. */
export function token() {
  const { crypto } = globalThis;
  if (typeof crypto?.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
