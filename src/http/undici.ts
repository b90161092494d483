/**
 * The parts of undici that a transport is made of. The whole would make every start take about a quarter more CPU: its
 * `fetch`, its mocks and its caches come along.
 */
import api from "undici/lib/api/index.js";
import buildConnector from "undici/lib/core/connect.js";
import errors from "undici/lib/core/errors.js";
import Agent from "undici/lib/dispatcher/agent.js";
import Dispatcher from "undici/lib/dispatcher/dispatcher.js";
import Pool from "undici/lib/dispatcher/pool.js";
import ProxyAgent from "undici/lib/dispatcher/proxy-agent.js";

// As the whole does when it is loaded.
Object.assign(Dispatcher.prototype, api);

export { Agent, buildConnector, errors, Pool, ProxyAgent };
