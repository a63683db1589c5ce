/** The settings of a client of one vendor. */

import { UnauthorizedError } from "./errors.js";
import { checkSettings, placeOf } from "./settings.js";

/**
 * What a client of one vendor is made of. `given` is kept for a client with other settings, and holds
 * the key: nobody but the client may hold it.
 *
 * @param {string} vendor
 * @param {object} given `apiKey`, `baseURL` and the settings that all clients have
 * @param {{keyless?: boolean}} can whether something can be asked without a key
 */
export function settled(vendor, given, { keyless = false } = {}) {
  const { apiKey, baseURL, baseUrl = baseURL, ...rest } = given;
  const settings = checkSettings({ ...rest, [vendor]: { apiKey, baseUrl } });
  const access = placeOf(settings, vendor);
  const isOpen = baseUrl !== undefined || settings.gateway !== undefined;
  if (!access.key && !isOpen && !keyless) {
    throw new UnauthorizedError("No API key was given, and the environment holds none.", { provider: vendor });
  }
  return { ...settings, given, access, keyless: !access.key && !isOpen };
}
