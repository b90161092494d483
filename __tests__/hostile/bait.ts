/**
 * Texts that want to be more than text; each holds the word `bait`, so that a test can see that it got through at all.
 * Every one is tried in every place where the service can put a text.
 */
export const BAITS: readonly string[] = [
  // Commands of the runner.
  "::set-output name=status::bait",
  " \t ::add-mask::bait",
  "::stop-commands::bait",
  "::error title=x::bait",
  "::set-env name=PATH::bait",
  "##[error]bait",
  "all is well ##[add-mask]bait",
  "##[command]bait ##[error]bait",
  // The same behind whatever a terminal, a runner or a reader may take for the end of a line.
  "bait\n::error::x",
  "bait\r::error::x",
  "bait\r\n##[error]x",
  "bait\v::error::x\f::error::x",
  "bait\u0085::error::x",
  "bait\u2028::error::x\u2029::error::x",
  "bait%0A::error::x%0D::error::x",
  "bait%250A::error::x&#10;::error::x",
  // The same put together from pieces that go away.
  ":\u200B:error::bait",
  "#\u00AD#[error]bait",
  "\u001B[0m::error::bait",
  "#\u001B[0m#[error]bait",
  "&#58;&#58;error::bait &#35;&#35;[error]bait",
  // What a terminal obeys, and what turns a text around or hides it.
  "\u001B[31mbait\u001B[2J\u001B[1A",
  "\u001B]8;;https://evil.example\u0007bait\u001B]8;;\u0007",
  "\u009B31mbait\u0000\u0007\b",
  "\u202Ebait\u202C\u2066bait\u2069",
  "b\u200Ba\u200Di\uFEFFt\u{E0041}",
  "bait &#x202E;&#x1b;[31m",
  "bait\uD800",
  // Markup.
  "bait <script>alert(1)</script>",
  'bait <img src="x" onerror="alert(1)"> <a href="javascript:alert(1)">here</a>',
  "bait &lt;script&gt;alert(1)&lt;/script&gt;",
  "[bait](javascript:alert(1)) ![bait](https://evil.example/x.png)",
  "bait | bait | bait\n|---|---|",
  "`bait` ```bait\n# bait\n- bait\n    bait",
  "*bait* _bait_ ~~bait~~ \\bait",
  "@bait #1 bait@evil.example https://evil.example/bait www.evil.example",
];

const GROUP = 10;

/** The texts in groups that fit into one run each. */
export const BAIT_GROUPS: readonly (readonly string[])[] = Array.from(
  { length: Math.ceil(BAITS.length / GROUP) },
  (_, at) => BAITS.slice(at * GROUP, (at + 1) * GROUP),
);
