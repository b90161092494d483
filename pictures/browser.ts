import { fileURLToPath } from "node:url";
import { launch } from "puppeteer-core";
import sharp from "sharp";

/** How a page is looked at. */
export interface View {
  /** In CSS pixels. */
  readonly width: number;
  readonly colors: "light" | "dark";
}

/** A browser that makes pictures of pages. */
export interface Browser {
  /** A PNG of the whole page, at twice the size, with its diagrams drawn. Throws when a diagram cannot be drawn. */
  picture(html: string, view: View): Promise<Uint8Array>;
  close(): Promise<void>;
}

const MERMAID = fileURLToPath(import.meta.resolve("mermaid/dist/mermaid.min.js"));

/** What GitHub does with a block of Mermaid code: it puts the drawing in its place. */
const DRAW = `(async () => {
  for (const code of document.querySelectorAll("pre > code.language-mermaid")) {
    const drawing = Object.assign(document.createElement("div"), { className: "mermaid", textContent: code.textContent });
    code.parentElement.replaceWith(drawing);
  }
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  mermaid.initialize({ startOnLoad: false, theme: isDark ? "dark" : "default" });
  await mermaid.run();
})()`;

/** Starts Chromium; CHROMIUM says where it is. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  const browser = await launch({
    executablePath,
    args: ["--no-sandbox", "--font-render-hinting=none", "--disable-lcd-text"],
  });
  return {
    async picture(html, { width, colors }) {
      const page = await browser.newPage();
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: colors }]);
      await page.setViewport({ width, height: 100, deviceScaleFactor: 2 });
      await page.setContent(html);
      await page.addScriptTag({ path: MERMAID });
      await page.evaluate(DRAW);
      const picture = await page.screenshot({ fullPage: true });
      await page.close();
      return sharp(picture).png({ palette: true, colours: 64, effort: 10 }).toBuffer();
    },
    close: () => browser.close(),
  };
}
