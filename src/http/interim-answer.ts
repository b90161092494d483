import type { Socket } from "node:net";

/** Whoever sends more before its answer sends no HTTP. */
const LONGEST_HEAD = 16 * 1024;

/** How an interim answer begins, but for 101, after which no HTTP follows. */
const START = /^HTTP\/1\.[01] 1(?!01)\d\d(?=[ \r])/;
/** The head of one, to the blank line at its end; it has no body. */
const HEAD = new RegExp(`${START.source}[^]*?\\r\\n\\r\\n`);
/** The beginning of one, as long as it takes to tell. */
const SAMPLE = "HTTP/1.1 199 ";

/**
 * Takes interim answers (`100 Continue`, `103 Early Hints`) off what is read from a connection before each answer. A
 * client must be able to read one that it did not ask for (RFC 9110, section 15.2); undici breaks the connection.
 */
export function withoutInterimAnswers(socket: Socket): Socket {
  const read = socket.read.bind(socket);
  const write = socket.write.bind(socket) as (...values: unknown[]) => boolean;
  const reader = createReader();
  socket.write = (...values: unknown[]) => {
    reader.expectAnswer();
    return write(...values);
  };
  socket.read = (size?: number): unknown => {
    for (;;) {
      const chunk: unknown = read(size);
      if (!Buffer.isBuffer(chunk)) return chunk;
      const rest = reader.take(chunk);
      if (rest.length > 0) return rest;
    }
  };
  return socket;
}

/** What is left of chunks when the interim answers are gone; holds back what may yet become one. */
function createReader(): { readonly expectAnswer: () => void; readonly take: (chunk: Buffer) => Buffer } {
  let held = Buffer.alloc(0);
  let isBeforeAnswer = true;
  return {
    expectAnswer() {
      isBeforeAnswer = true;
    },
    take(chunk) {
      if (!isBeforeAnswer) return chunk;
      let text = Buffer.concat([held, chunk]).toString("latin1");
      for (let head = HEAD.exec(text); head !== null; head = HEAD.exec(text)) text = text.slice(head[0].length);
      const rest = Buffer.from(text, "latin1");
      isBeforeAnswer = mayBecomeInterim(text);
      held = isBeforeAnswer ? rest : Buffer.alloc(0);
      return isBeforeAnswer ? Buffer.alloc(0) : rest;
    },
  };
}

/** Whether a text is the beginning of an interim answer, or may be one when more of it has come. */
function mayBecomeInterim(text: string): boolean {
  return text.length < LONGEST_HEAD && START.test(text + SAMPLE.slice(text.length));
}
