import { stripTypeScriptTypes } from "node:module";

/** Jest's transform: node itself takes the types away and leaves every line where it was. */
const transform = { process: (source) => ({ code: stripTypeScriptTypes(source) }) };

export default transform;
