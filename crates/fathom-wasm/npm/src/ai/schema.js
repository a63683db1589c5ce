/** A JSON schema in the forms in which the AI SDK takes one: its own, and the common standard. */

const OWN = Symbol.for("vercel.ai.schema");

/** @param {object} schema an object schema whose properties are all texts */
export function textSchema(schema) {
  const validate = (value) => {
    const problem = problemOf(schema, value);
    return problem === undefined ? { success: true, value } : { success: false, error: new TypeError(problem) };
  };
  const json = () => schema;
  return {
    [OWN]: true,
    jsonSchema: schema,
    validate,
    "~standard": {
      version: 1,
      vendor: "fathom-research",
      validate(value) {
        const { success, error } = validate(value);
        return success ? { value } : { issues: [{ message: error.message }] };
      },
      jsonSchema: { input: json, output: json },
    },
  };
}

function problemOf({ properties, required }, value) {
  if (typeof value !== "object" || value === null) {
    return "The input has to be an object.";
  }
  for (const [name, { minLength = 0, maxLength = Infinity, enum: words }] of Object.entries(properties)) {
    const text = value[name];
    if (text === undefined && !required.includes(name)) {
      continue;
    }
    if (typeof text !== "string" || text.length < minLength || text.length > maxLength) {
      return `${name} has to be a text of ${minLength} to ${maxLength} characters.`;
    }
    if (words && !words.includes(text)) {
      return `${name} has to be one of ${words.join(", ")}.`;
    }
  }
  return undefined;
}
