/** JSON schemas, however they are given. */

import { InvalidTaskError } from "./errors.js";

/**
 * The JSON schema of what was given: one already, or a schema of a library that can say its own
 * (the Standard JSON Schema interface: zod from 4.2 on, and others).
 */
export function jsonSchema(schema) {
  const standard = schema?.["~standard"];
  if (typeof standard?.jsonSchema?.output === "function") return standard.jsonSchema.output({ target: "draft-07" });
  if (standard || typeof schema?.safeParse === "function") {
    throw new InvalidTaskError("This schema cannot say itself as JSON Schema. With zod 4, give z.toJSONSchema(schema).", { field: "outputSchema" });
  }
  return schema;
}
