/** The API writes names with underscores, its client in camel case. */

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

const renamed = (object, rename) => Object.fromEntries(Object.entries(object).map(([name, value]) => [rename(name), value]));

const toCamel = (name) => name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
const toSnake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The names of an object in camel case, not those inside its values: they may be the user's own. */
export const camel = (object) => (isObject(object) ? renamed(object, toCamel) : object);

/** The names of an object and of all objects inside it in camel case. */
export const camelDeep = (value) => (isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [toCamel(name), camelDeep(inner)])) : value);

/** The names of an object with underscores. */
export const snake = (object) => renamed(object, toSnake);
