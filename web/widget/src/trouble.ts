// What went wrong, as an error that a script can tell apart: `code` stays the same between versions, `help` says what to do.

/** What the app and this script say of it. */
export interface Trouble {
  code: string;
  message: string;
  help: string;
  /** Where in the scenario: the field, and its place in the text. */
  at?: { path: string; line: number; column: number };
}

/** What a promise of the element is rejected with, and what the event `error` has as its detail. */
export class RolewalkError extends Error implements Trouble {
  override readonly name = "RolewalkError";
  readonly code: string;
  readonly help: string;
  readonly at?: NonNullable<Trouble["at"]>;

  constructor({ code, message, help, at }: Trouble) {
    super(message);
    // Readable as an object's, too: `JSON.stringify`, `{ ...error }` and `postMessage` of its parts.
    Object.defineProperty(this, "message", { enumerable: true });
    this.code = code;
    this.help = help;
    if (at) this.at = at;
  }
}

/** What was thrown, told as one of ours. */
export function troubleOf(thrown: unknown): RolewalkError {
  if (thrown instanceof RolewalkError) return thrown;
  const known = thrown as Partial<Trouble> | null;
  if (typeof known?.code === "string" && typeof known.help === "string") {
    const { code, help, at } = known;
    return new RolewalkError({ code, message: String(known.message), help, ...(at && { at }) });
  }
  return new RolewalkError({ code: "not-fetched", message: "Rolewalk could not be fetched", help: "check the connection and try again" });
}

/** The same as a plain value, which a page can be sent. */
export const detailOf = ({ code, message, help, at }: RolewalkError): Trouble => ({ code, message, help, ...(at && { at }) });

/** Messages begin small and have names between backticks. */
export const sentence = (text: string) => {
  const words = text.replaceAll("`", "");
  return text.startsWith("`") ? words : words.charAt(0).toUpperCase() + words.slice(1);
};
