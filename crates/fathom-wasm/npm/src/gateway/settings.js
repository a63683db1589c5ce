/** What a gateway is told when it is made. */
import { InvalidTaskError } from "../errors.js";

/** How long a vendor may take to begin its answer: some search for minutes before they say a word. */
const PATIENCE = 300_000;
/** The longest delay of a timer. */
const LONGEST = 2 ** 31 - 1;

function wrong(field, message) {
  return new InvalidTaskError(message, { field });
}

/** Checks everything that can be checked without the core, which is loaded with the first request. */
export function readSettings(options) {
  if (typeof options !== "object" || options === null) {
    throw wrong("options", "Call gateway({ keys, allowedOrigins, authorize }).");
  }
  const { authorize, fetch, timeout = PATIENCE, basePath = "" } = options;
  if (typeof authorize !== "function") {
    const message =
      "Without authorize anybody who finds the address could spend your keys. Pass bearer(token), a function of your own, or () => true.";
    throw wrong("authorize", message);
  }
  if (fetch !== undefined && typeof fetch !== "function") {
    throw wrong("fetch", "fetch has to be a function.");
  }
  if (!(Number.isInteger(timeout) && timeout > 0 && timeout <= LONGEST)) {
    throw wrong("timeout", "timeout has to be a number of milliseconds.");
  }
  if (typeof basePath !== "string" || !/^(\/[\w.~-]+)*$/.test(basePath)) {
    throw wrong("basePath", "basePath has to be a path like /fathom, without / at its end.");
  }
  const keys = new Map(strings(options.keys, "keys").map(([vendor, key]) => [vendor, readKey(vendor, key)]));
  const hide = (text) => [...keys.values()].reduce((shown, key) => shown.replaceAll(key, "[secret]"), text);
  return {
    authorize,
    basePath,
    timeout,
    hide,
    // Called without a receiver: the global one throws in some hosts when it has one.
    fetch: (...args) => (fetch ?? globalThis.fetch)(...args),
    key: (vendor) => keys.get(vendor),
    vendors: [...keys.keys()],
    upstreams: new Map(strings(options.upstreams, "upstreams")),
    origins: new Set(readOrigins(options.allowedOrigins)),
    log: readLogger(options.logger),
  };
}

/** The entries of an object of strings. Those that are empty are left out: an unset variable is. */
function strings(object, field) {
  if (object === undefined || object === null) {
    return [];
  }
  if (typeof object !== "object") {
    throw wrong(field, `${field} has to be an object with a string for each vendor.`);
  }
  const said = Object.entries(object).filter(([, value]) => value !== undefined && value !== null && value !== "");
  for (const [name, value] of said) {
    if (typeof value !== "string") {
      throw wrong(`${field}.${name}`, `${field}.${name} has to be a string.`);
    }
  }
  return said;
}

function readKey(vendor, text) {
  const key = text.trim();
  if (!/^[\x21-\x7e]{1,512}$/.test(key)) {
    throw wrong(`keys.${vendor}`, `The key of ${vendor} holds a character that no key has; copy it again.`);
  }
  return key;
}

function readOrigins(origins = []) {
  if (!Array.isArray(origins)) {
    throw wrong("allowedOrigins", "allowedOrigins has to be a list such as ['https://app.example'].");
  }
  return origins.filter((origin) => origin !== undefined).map((origin) => {
    if (typeof origin !== "string" || !isOrigin(origin)) {
      const message = "Name each origin whose pages may ask, such as https://app.example, without a path. There is no sign for all of them.";
      throw wrong("allowedOrigins", message);
    }
    return origin;
  });
}

function isOrigin(text) {
  try {
    return /^https?:/.test(text) && new URL(text).origin === text;
  } catch {
    return false;
  }
}

/** A function that never fails, whatever the logger does. */
function readLogger(logger) {
  return (level, line) => {
    try {
      logger?.[level]?.("fathom gateway", line);
    } catch {
      // A log that cannot be written must not end the request.
    }
  };
}
