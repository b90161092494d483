import rehypeRaw from "rehype-raw";
import rehypeSanitize from "rehype-sanitize";
import rehypeStringify from "rehype-stringify";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { type Processor, unified } from "unified";

/** GitHub's order: Markdown, then the HTML in it, then all that is not harmless is taken away (GitHub's own list). */
const renderer = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(withoutLateLinks)
  .use(remarkRehype, { allowDangerousHtml: true })
  .use(rehypeRaw)
  .use(rehypeSanitize)
  .use(rehypeStringify);

/** Markdown as HTML, as GitHub shows it; diagrams stay code until the browser draws them. */
export function renderMarkdown(markdown: string): string {
  return String(renderer.processSync(markdown));
}

/** GitHub makes links of the addresses that stand in the source; remark also of those that are spelled by references. */
function withoutLateLinks(this: Processor): void {
  const data = this.data();
  data.fromMarkdownExtensions = (data.fromMarkdownExtensions ?? [])
    .flat()
    .map(({ transforms: _transforms, ...extension }) => extension);
}
