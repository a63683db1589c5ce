/** The settings of a client: checked once, keys held where nothing shows them. */

import { isBrowser, origin, readEnv } from "./env.js";
import { RefusedError } from "./errors.js";
import { TESTS, checkOptions, invalid } from "./task.js";

/** The vendors that need a key, and the variable of the environment that may hold it. */
const VENDORS = { exa: "EXA_API_KEY", tavily: "TAVILY_API_KEY", extruct: "EXTRUCT_API_TOKEN" };
const PLACE = ["apiKey", "baseUrl", "token"];

const isPlace = [
  (value) =>
    typeof value === "object" &&
    value !== null &&
    Object.entries(value).every(([name, text]) => PLACE.includes(name) && (text === undefined || typeof text === "string")),
  "an object with text in `apiKey`, `baseUrl` or `token`",
];

const { fetch, timeout, maxRetries, logger } = TESTS;
const WANTED = {
  exa: isPlace,
  tavily: isPlace,
  extruct: isPlace,
  local: isPlace,
  gateway: isPlace,
  fetch,
  timeout,
  maxRetries,
  logger,
  dangerouslyAllowBrowser: [(value) => typeof value === "boolean", "true or false"],
};

/** Refuses what a client cannot be made of. */
export function checkSettings(given) {
  const settings = checkOptions(given, WANTED);
  for (const name of Object.keys(settings)) {
    if (!(name in WANTED)) throw invalid(name, `There is no setting \`${name}\`. There are ${Object.keys(WANTED).join(", ")}.`);
  }
  if (settings.gateway && !settings.gateway.baseUrl) throw invalid("gateway.baseUrl", "A gateway needs its `baseUrl`.");
  const holdsKey = Object.keys(VENDORS).some((vendor) => settings[vendor]?.apiKey);
  if (holdsKey && !settings.dangerouslyAllowBrowser && isBrowser()) {
    throw new RefusedError(
      "A key in a page is a key that everybody can read. Keep it in a gateway and give `gateway.baseUrl`, or set `dangerouslyAllowBrowser` for pages that only you can open.",
      { code: "browser" },
    );
  }
  return settings;
}

/** Where a vendor is reached and with which key, as the core takes it. */
export function placeOf(settings, vendor) {
  const { gateway } = settings;
  const { apiKey, baseUrl, token } = settings[vendor] ?? {};
  if (!(vendor in VENDORS)) return ownPlace(settings, baseUrl, token ?? apiKey);
  const key = apiKey ?? (baseUrl || gateway ? undefined : readEnv(VENDORS[vendor]));
  if (gateway && !baseUrl) {
    return { base: `${trimmed(gateway.baseUrl)}/gateway/${vendor}`, key, gateway: { token: gateway.token } };
  }
  return { base: baseUrl && trimmed(baseUrl), key };
}

/** A program of ours: the one that is named, the one behind the gateway, or the one that served the page. */
function ownPlace({ gateway }, baseUrl, token) {
  const base = baseUrl ?? gateway?.baseUrl ?? origin();
  if (base === undefined) throw invalid("local.baseUrl", "Say where the program is: `local: { baseUrl }`.");
  return { base: trimmed(base), key: token ?? (baseUrl ? undefined : gateway?.token) };
}

const trimmed = (base) => base.replace(/\/+$/, "");
