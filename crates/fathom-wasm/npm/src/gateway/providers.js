/** `/api/v1/providers`: what can be asked through this gateway, in the program's words. */
import { providers as all } from "../../dist/wasm/core.js";
import { core, guard } from "../wasm.js";
import { refused } from "./refusal.js";
import { rules } from "./rules.js";

export async function providers(settings, request) {
  if (request.method !== "GET") {
    throw refused("unsupported", "This path is only read.");
  }
  const { facts } = await rules();
  const { generation } = await core();
  const through = JSON.parse(guard(generation, all)).filter(({ vendor }) => facts.vendors.includes(vendor));
  const said = through.map((info) => ({ ...info, key: settings.key(info.vendor) ? "present" : "missing" }));
  return new Response(JSON.stringify({ providers: said }), { headers: { "content-type": "application/json" } });
}
