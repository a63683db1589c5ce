/**
 * A gateway at the edge: it keeps the keys of vendors, adds them to requests of people who do not hold
 * them, and passes the replies on as they come.
 *
 * ```js
 * import { bearer, gateway } from "fathom-research/gateway";
 *
 * const handle = gateway({
 *   keys: { exa: process.env.EXA_API_KEY },
 *   allowedOrigins: ["https://app.example"],
 *   authorize: bearer(process.env.GATEWAY_TOKEN),
 * });
 * Deno.serve(handle);
 * ```
 *
 * It serves `/gateway/{vendor}/...`, the vendor's own API, `/api/v1/providers`, which says what can be
 * asked here, and `/healthz`. Clients are pointed at it by `gateway: { baseUrl, token }`.
 *
 * The rules are those of the program: only the methods and paths that research uses are passed, only a
 * handful of headers in both directions, JSON bodies within a limit, and no redirect. A key that
 * comes with a request in `X-Fathom-Key` goes before the gateway's own. A key is in no reply, log line
 * or error of the gateway; the body of a vendor's reply is passed on unread.
 */

/** Makes a handler. It throws an `InvalidTaskError` for settings that cannot be right. */
export function gateway<Context = unknown>(options: GatewayOptions<Context>): Gateway<Context>;

/** A handler of requests, for `Deno.serve`, `Bun.serve`, a Worker's `fetch` and others. It never rejects. */
export type Gateway<Context = unknown> = (request: Request, context?: Context) => Promise<Response>;

/** The vendors that a gateway leads to. */
export type Vendor = "exa" | "tavily" | "extruct";

/** What a gateway is told. */
export interface GatewayOptions<Context = unknown> {
  /** The keys. One that is empty or undefined, as an unset variable is, is not there. */
  keys?: { [vendor in Vendor]?: string | null };
  /**
   * The origins whose pages may ask, such as `https://app.example`. Pages of the gateway's own origin
   * always may. There is no sign for all origins.
   */
  allowedOrigins?: readonly (string | undefined)[];
  /**
   * Decides whether a request may be made: `true` lets it through; anything else refuses it, with 401
   * where the request does not say who asks, else with 403. A `Response` is answered as it is, for
   * limits and log-ins of your own. It must not read the body of the request; let it read a clone.
   */
  authorize: Authorize<Context>;
  /** Addresses of services that stand in for vendors: `https://...`, or `http://` on this machine. */
  upstreams?: { [vendor in Vendor]?: string };
  /** Where the gateway is, for example `/fathom`, when it is not at the root. */
  basePath?: string;
  /** How long a vendor may take to begin its answer, in milliseconds; 300,000 when left out. */
  timeout?: number;
  /** What sends requests to vendors; the global one when left out. */
  fetch?: typeof globalThis.fetch;
  /** Is told of every request, in one line with facts and without secrets. `console` fits. */
  logger?: GatewayLogger;
}

/** See {@link GatewayOptions.authorize}. */
export type Authorize<Context = unknown> = (
  request: Request,
  context: Context | undefined,
) => boolean | Response | null | undefined | Promise<boolean | Response | null | undefined>;

/** Where the lines of the log go. */
export interface GatewayLogger {
  info?(message: string, line: GatewayLine): void;
  warn?(message: string, line: GatewayLine): void;
  error?(message: string, line: { id: string; message: string }): void;
}

/** A request that was answered. */
export interface GatewayLine {
  /** The name of the request, which its answer carries too. */
  id: string;
  method: string;
  /** The path without its query. */
  path: string;
  vendor?: Vendor;
  status: number;
  /** The kind of the error that the gateway answered with itself. */
  kind?: string;
  ms: number;
}

/**
 * An `authorize` that lets those through who send `Authorization: Bearer TOKEN`.
 *
 * It throws an `InvalidTaskError` when the token is empty, as an unset variable is.
 */
export function bearer(token: string | undefined): (request: Request) => Promise<boolean>;
