// A gateway on Deno: deno run --allow-net --allow-env deno.js
import { bearer, gateway } from "fathom-research/gateway";

const { env } = Deno;

const handle = gateway({
  keys: { exa: env.get("EXA_API_KEY"), tavily: env.get("TAVILY_API_KEY"), extruct: env.get("EXTRUCT_API_TOKEN") },
  // Set only for a service that speaks a vendor's protocol elsewhere.
  upstreams: { exa: env.get("EXA_URL"), tavily: env.get("TAVILY_URL"), extruct: env.get("EXTRUCT_URL") },
  allowedOrigins: env.get("ALLOWED_ORIGINS")?.split(" "),
  authorize: bearer(env.get("GATEWAY_TOKEN")),
  logger: console,
});

Deno.serve({ hostname: "127.0.0.1", port: Number(env.get("PORT") ?? 8787) }, handle);
