/** A request that serves everybody who asks for it while it is on its way. */
interface OpenRequest<T> {
  readonly answer: Promise<T>;
  readonly stop: AbortController;
  waiting: number;
}

/**
 * Shares a request: who asks while one is on its way waits for that one, and whoever asks after its end, good or bad,
 * begins another. Who is given up hears so at once, with the error of `giveUp`, and the others wait on; with the last
 * of them the request is given up, too.
 */
export function shareRequest<T>(
  request: (signal: AbortSignal) => Promise<T>,
  giveUp: () => Error,
): (signal: AbortSignal) => Promise<T> {
  let open: OpenRequest<T> | undefined;
  const begin = (): OpenRequest<T> => {
    const stop = new AbortController();
    return { answer: request(stop.signal), stop, waiting: 0 };
  };
  return async (signal) => {
    if (signal.aborted) throw giveUp();
    const joined = (open ??= begin());
    joined.waiting += 1;
    const gone = Promise.withResolvers<never>();
    const leave = (): void => gone.reject(giveUp());
    signal.addEventListener("abort", leave);
    try {
      return await Promise.race([joined.answer, gone.promise]);
    } finally {
      signal.removeEventListener("abort", leave);
      joined.waiting -= 1;
      if (joined.waiting === 0) {
        open = undefined;
        joined.stop.abort();
      }
    }
  };
}
