/** One request passed to a vendor, and its reply passed back. */
import { InvalidTaskError } from "../errors.js";
import { open, whole } from "./body.js";
import { rules } from "./rules.js";
import { sent } from "./sent.js";

/** Replies of these statuses have no body, and a `Response` may be given none. */
const BODILESS = new Set([204, 205]);

export async function exchange(settings, request, wanted, visit) {
  const rule = await rules();
  checkSettings(settings, rule);
  const { vendor, target } = rule.route(wanted);
  visit.vendor = vendor;
  const body = await open(request);
  const forward = rule.forward({
    vendor,
    target,
    method: request.method,
    headers: [...request.headers, ...body.framing],
    length: body.length,
    base: settings.upstreams.get(vendor),
    key: settings.key(vendor),
  });
  const bytes = await whole(body, forward.body_max, () => rule.tooLarge(vendor));
  const reply = await sent(settings, request, forward, bytes, vendor);
  return passedOn(rule, reply, vendor, forward.key);
}

/** The vendor's reply with only those headers that are passed on. */
function passedOn(rule, reply, vendor, key) {
  let head;
  try {
    head = rule.answer(vendor, reply.status, [...reply.headers], key);
  } catch (refusal) {
    reply.body?.cancel().catch(() => {});
    throw refusal;
  }
  return new Response(BODILESS.has(head.status) ? null : reply.body, head);
}

/** Checks what only the core can judge, with the first request that is to be passed on. */
function checkSettings(settings, rule) {
  if (settings.checked) {
    return;
  }
  for (const vendor of [...settings.vendors, ...settings.upstreams.keys()]) {
    if (!rule.facts.vendors.includes(vendor)) {
      throw new InvalidTaskError(`There is no vendor ${vendor}.`, { field: `keys.${vendor}` });
    }
  }
  for (const [vendor, address] of settings.upstreams) {
    const { base, error } = rule.base(address);
    if (error) {
      throw new InvalidTaskError(`upstreams.${vendor}: ${error.message}`, { field: `upstreams.${vendor}` });
    }
    settings.upstreams.set(vendor, base);
  }
  settings.checked = true;
}
