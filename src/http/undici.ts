/**
 * The parts of undici that a transport is made of. The whole would make every start take about a quarter more CPU: its
 * `fetch`, its mocks and its caches come along.
 */
import api from "undici/lib/api/index.js";
import errors from "undici/lib/core/errors.js";
import Dispatcher from "undici/lib/dispatcher/dispatcher.js";
import EnvHttpProxyAgent from "undici/lib/dispatcher/env-http-proxy-agent.js";

// As the whole does when it is loaded.
Object.assign(Dispatcher.prototype, api);

export { EnvHttpProxyAgent, errors };
