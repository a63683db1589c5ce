// A gateway on Bun: bun run bun.js
import { bearer, gateway } from "fathom-research/gateway";

const { env } = process;

const handle = gateway({
  keys: { exa: env.EXA_API_KEY, tavily: env.TAVILY_API_KEY, extruct: env.EXTRUCT_API_TOKEN },
  // Set only for a service that speaks a vendor's protocol elsewhere.
  upstreams: { exa: env.EXA_URL, tavily: env.TAVILY_URL, extruct: env.EXTRUCT_URL },
  allowedOrigins: env.ALLOWED_ORIGINS?.split(" "),
  authorize: bearer(env.GATEWAY_TOKEN),
  logger: console,
});

// Research is silent for longer than the ten seconds after which Bun would hang up.
const server = Bun.serve({ hostname: "127.0.0.1", port: env.PORT ?? 8787, idleTimeout: 0, fetch: handle });
console.log(`Listening on ${server.url}`);
