// A gateway on Cloudflare Workers. Nothing of it is secret: the keys are set beside it, with
//   wrangler secret put EXA_API_KEY
//   wrangler secret put GATEWAY_TOKEN
import { bearer, gateway } from "fathom-research/gateway";

let handle;

export default {
  fetch(request, env, context) {
    handle ??= gateway({
      keys: { exa: env.EXA_API_KEY, tavily: env.TAVILY_API_KEY, extruct: env.EXTRUCT_API_TOKEN },
      // Set only for a service that speaks a vendor's protocol elsewhere.
      upstreams: { exa: env.EXA_URL, tavily: env.TAVILY_URL, extruct: env.EXTRUCT_URL },
      allowedOrigins: env.ALLOWED_ORIGINS?.split(" "),
      authorize: bearer(env.GATEWAY_TOKEN),
      logger: console,
    });
    return handle(request, context);
  },
};
