import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { anyCharacter } from "../harness/any-character.ts";
import { harmlessMarkdown, harmlessSentence, markup } from "../../src/text/harmless.ts";
import { redactJson, redactMarkdown } from "../../src/text/written-text.ts";
import { createSecrets } from "../../src/text/secrets.ts";

/** Secrets in which characters stand that Markdown and JSON write in another way. */
const secret = fc.string({ unit: fc.constantFrom(...`aZ09~._-+/="\\'<>&|*@#\u00e9`), minLength: 16, maxLength: 48 });
const words = fc.string({ unit: fc.constantFrom(...'de 2:;!,("\\'), maxLength: 20 });
const SECRET = `4Fk8Q~PjX-7sLw.9bTq_3vN~zYc5hR.mKd1eWa-g"\\`;

function secretsOf(value: string): ReturnType<typeof createSecrets> {
  const secrets = createSecrets();
  secrets.add(value);
  return secrets;
}

/** The Markdown as its reader sees it. */
function read(markdown: string): string {
  return markdown
    .replaceAll(/<\/?code>/g, "")
    .replaceAll(/&#(\d+);/g, (_reference, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll("\u200b", "");
}

/** Every piece of a secret that must not be seen. */
function pieces(value: string): readonly string[] {
  return Array.from({ length: value.length - 15 }, (_, at) => value.slice(at, at + 16).toLowerCase());
}

function left(text: string, value: string): readonly string[] {
  const shown = text.toLowerCase().replaceAll("[secret]", "\n");
  return pieces(value).filter((piece) => shown.includes(piece));
}

test.each([harmlessMarkdown, harmlessSentence])("nothing is seen of a secret that %p has written", (write) => {
  fc.assert(
    fc.property(secret, words, words, (value, before, after) => {
      const written = markup`- **x** ${write(`${before}${value}${after}`)} | y`;
      const clean = redactMarkdown(written, secretsOf(value));
      expect(left(read(clean), value)).toEqual([]);
      expect(clean.startsWith("- **x** ") && clean.endsWith(" | y")).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("nothing is seen of a secret across the tags of code, and what stands beside it stays as it is", () => {
  const written = markup`a&#58; <code>${harmlessMarkdown(SECRET.slice(0, 20))}</code>${harmlessMarkdown(SECRET.slice(20))}&#33;`;
  const clean = redactMarkdown(written, secretsOf(SECRET));
  expect(clean).toBe("a&#58; <code>[secret]&#33;");
});

test("Markdown and JSON without a secret stay as they are", () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (text) => {
      const secrets = secretsOf(SECRET);
      const [written, json] = [harmlessMarkdown(text), JSON.stringify({ text, "a b": [text, 1, null] }, undefined, 1)];
      expect([redactMarkdown(written, secrets), redactJson(json, secrets)]).toEqual([written, json]);
    }),
  );
});

test("nothing is read of a secret in the texts and names of JSON, and JSON it stays", () => {
  fc.assert(
    fc.property(secret, words, words, (value, before, after) => {
      const text = `${before}${value}${after}`;
      const json = redactJson(
        JSON.stringify({ version: 1, approval: { comments: [text] }, [text]: true }),
        secretsOf(value),
      );
      const parsed: unknown = JSON.parse(json);
      expect(parsed).toMatchObject({ version: 1 });
      const texts: string[] = [];
      JSON.stringify(parsed, (name, each: unknown) => (texts.push(name, String(each)), each));
      expect(texts.flatMap((each) => left(each, value))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test("what is no JSON object loses its secrets as any text", () => {
  expect(redactJson(`{ ${SECRET}`, secretsOf(SECRET))).toBe("{ [secret]");
  expect(redactJson(SECRET, secretsOf(SECRET))).toBe("[secret]");
});
