/** A file that came with a message, or a part that its body shows. */
export class Attachment {
  /** As the mail gives it: it may be no name that a file can have. Empty where the mail gives none. */
  readonly filename: string;
  readonly contentType: string;
  /** In octets. */
  readonly size: number;
  readonly content: Buffer;
  /** The `Content-ID` an HTML body refers to as `cid:`; without angle brackets, empty where there is none. */
  readonly contentId: string;
  /** The `Content-Location` an HTML body may refer to instead (RFC 2557); empty where there is none. */
  readonly contentLocation: string;
  /** The HTML body shows it: a logo, say. Mail programs don't list such a part as an attachment. */
  readonly isInline: boolean;
  readonly #decode: () => string;

  constructor(fields: AttachmentFields, decode: () => string) {
    this.filename = fields.filename;
    this.contentType = fields.contentType;
    this.size = fields.content.length;
    this.content = fields.content;
    this.contentId = fields.contentId;
    this.contentLocation = fields.contentLocation;
    this.isInline = fields.isInline;
    this.#decode = decode;
  }

  /** The content as text, in the charset that it says it has. */
  text(): string {
    return this.#decode();
  }

  /**
   * Writes the content to a file and returns the file's path. Where `path` is a folder (one that is there, or a
   * path that ends in a slash), the file lies in it under the attachment's own name, made safe: it never leads
   * out of the folder, and never writes over a file that is there. Any other `path` is the file itself, as for
   * Playwright's `download.saveAs`. Folders are made where they are missing.
   */
  async saveAs(path: string): Promise<string> {
    const { saveAttachment } = await import('./save-attachment.js');
    return await saveAttachment(this, path);
  }
}

export type AttachmentFields = Pick<
  Attachment,
  'filename' | 'contentType' | 'content' | 'contentId' | 'contentLocation' | 'isInline'
>;
