/** What the clients of the vendors have in common. */

/** Settings of a client, beside its key. */
export interface ClientOptions {
  /**
   * A gateway of ours, which holds the key: the address of the program, or of a Worker that runs
   * `fathom-research/gateway`. `token` opens the gateway itself, where it asks for one.
   */
  gateway?: { baseUrl: string; token?: string | undefined } | undefined;
  /** Used in place of the global `fetch`. */
  fetch?: ((input: string, init?: RequestInit) => Promise<Response>) | undefined;
  /**
   * How long a call may take with all its attempts, in milliseconds. For a stream it is the longest
   * wait for its head, and the longest silence after that. Unset, an attempt may take three minutes.
   */
  timeout?: number | undefined;
  /**
   * How often a call is asked again when it is met by 408, 429, a status of 500 and more, or no reply
   * at all; 2 unless said otherwise. What creates a job that is paid for is asked again only where it
   * certainly had no effect.
   */
  maxRetries?: number | undefined;
  /** Is told when something is asked again; never sees a key. */
  logger?: { warn?: (message: string) => void } | undefined;
  /** Allows a key in a page, where everybody can read it. Use a gateway instead. */
  dangerouslyAllowBrowser?: boolean | undefined;
}

/** Options of one call. Each method takes them as its last argument. */
export interface RequestOptions {
  /** Gives the call up; it then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** In place of the client's {@link ClientOptions.timeout}. */
  timeout?: number | undefined;
  /** In place of the client's {@link ClientOptions.maxRetries}. */
  maxRetries?: number | undefined;
  /** Headers beside the usual ones. */
  headers?: Record<string, string | number | null | undefined> | undefined;
}

/** A JSON Schema. */
export type JsonSchema = Record<string, unknown>;

/**
 * A schema of a library that can say its own JSON Schema (the Standard JSON Schema interface: zod from
 * 4.2 on, and others); `T` is what it describes.
 */
export interface SchemaOf<T = unknown> {
  readonly "~standard": {
    readonly version: number;
    readonly vendor: string;
    readonly types?: { readonly input: unknown; readonly output: T } | undefined;
    readonly jsonSchema: { readonly output: (options: { readonly target: "draft-07" }) => JsonSchema };
  };
}
