/**
 * How GitHub's runner reads what a step writes to its log, as far as it matters to a step that must not be misread:
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */

/** A line of the log that the runner takes for a command. */
export interface LogCommand {
  /** In lower case: the runner compares without case. */
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/**
 * The commands in a log, and the lines that are none. A command counts whatever its name: a word that no runner knows
 * today may mean something tomorrow.
 */
export function readLog(text: string): { readonly commands: readonly LogCommand[]; readonly lines: readonly string[] } {
  const entries = readEntries(text);
  return {
    commands: entries.filter((entry) => typeof entry !== "string"),
    lines: entries.filter((entry) => typeof entry === "string"),
  };
}

/** The log as the page of the run shows it: masked, commands in effect, debug lines only if asked for. */
export function shownLog(text: string, options: { readonly debug?: boolean } = {}): readonly string[] {
  const masked: string[] = [];
  return readEntries(text).flatMap((entry) => {
    if (typeof entry !== "string" && entry.name === "add-mask") {
      masked.push(...maskedForms(entry.message));
      return [];
    }
    return shownEntry(entry, options.debug === true).map((line) => withoutMasked(line, masked));
  });
}

type Entry = LogCommand | string;

interface Syntax {
  readonly form: RegExp;
  readonly separator: string;
  readonly escapes: readonly (readonly [escaped: string, plain: string])[];
  /** Those of the properties' values only. */
  readonly propertyEscapes: readonly (readonly [escaped: string, plain: string])[];
}

/** `::name key=value,key=value::message` after nothing but white space; wins over the other. */
const current: Syntax = {
  form: /^[\s\u0085]*::(?<name>[^ ]*?)(?: (?<properties>.*?))?::(?<message>.*)$/s,
  separator: ",",
  escapes: [
    ["%0D", "\r"],
    ["%0A", "\n"],
    ["%25", "%"],
  ],
  propertyEscapes: [
    ["%3A", ":"],
    ["%2C", ","],
  ],
};

/** `##[name key=value;key=value;]message`, wherever in the line. */
const legacy: Syntax = {
  form: /##\[(?<name>[^ \]]*)(?: (?<properties>[^\]]*))?\](?<message>.*)$/s,
  separator: ";",
  escapes: [
    ["%3B", ";"],
    ["%0D", "\r"],
    ["%0A", "\n"],
    ["%5D", "]"],
    ["%25", "%"],
  ],
  propertyEscapes: [],
};

/** The log line by line: a line ends with LF, CR or both. */
function readEntries(text: string): readonly Entry[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line) => readCommand(line, current) ?? readCommand(line, legacy) ?? line);
}

function readCommand(line: string, { form, separator, escapes, propertyEscapes }: Syntax): LogCommand | undefined {
  const { name = "", properties = "", message = "" } = form.exec(line)?.groups ?? {};
  if (name === "") return undefined;
  const pairs = properties.split(separator).flatMap((property): readonly (readonly [string, string])[] => {
    const [key = "", ...rest] = property.trim().split("=");
    return rest.length === 0 ? [] : [[key, unescape(rest.join("="), [...propertyEscapes, ...escapes])]];
  });
  return { name: name.toLowerCase(), properties: Object.fromEntries(pairs), message: unescape(message, escapes) };
}

function unescape(text: string, escapes: Syntax["escapes"]): string {
  return escapes.reduce((plain, [escaped, character]) => plain.replaceAll(escaped, character), text);
}

/** How the page shows a command. The others work in silence, or are no commands at all and stay as they are. */
const shownCommands: Readonly<Record<string, string>> = {
  error: "Error: ",
  warning: "Warning: ",
  notice: "Notice: ",
  group: "▼ ",
};

const silentCommands = new Set(["endgroup", "set-output", "save-state", "add-matcher", "remove-matcher"]);

function shownEntry(entry: Entry, isDebug: boolean): readonly string[] {
  if (typeof entry === "string") return [entry];
  const { name, properties, message } = entry;
  if (silentCommands.has(name)) return [];
  if (name === "debug") return isDebug ? [`##[debug]${message}`] : [];
  const shown = shownCommands[name];
  if (shown === undefined) return [`::${name}::${message}`];
  const title = properties["title"] === undefined ? "" : `${properties["title"]}: `;
  return `${shown}${title}${message}`.split(/\r\n|\r|\n/);
}

/** What the runner masks with a value: the value itself and its usual encodings, longest first. */
function maskedForms(value: string): readonly string[] {
  const forms = [value, Buffer.from(value).toString("base64"), JSON.stringify(value).slice(1, -1), encodeURI(value)];
  return [...new Set(forms)].filter((form) => form.trim() !== "").sort((one, other) => other.length - one.length);
}

function withoutMasked(line: string, masked: readonly string[]): string {
  return masked.reduce((rest, secret) => rest.replaceAll(secret, "***"), line);
}
