package dev.sluice.fetch;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the bytes of a partial file are; kept as JSON beside it.
 *
 * @param url where they come from
 * @param validators of the version that they belong to
 * @param length of the whole file in bytes; negative if it is not known
 * @param disposition the {@code Content-Disposition} of the first response, which may name the
 *     file; empty for none
 * @param spans which of its bytes are there; null if these are all up to the end of the partial
 *     file
 */
record PartRecord(
    String url, Validators validators, long length, String disposition, @Nullable Spans spans) {
  private static final long VERSION = 1;

  /** That of records with spans, which a reader of the first version must not take for its own. */
  private static final long VERSION_WITH_SPANS = 2;

  PartRecord(String url, Validators validators, long length) {
    this(url, validators, length, "", null);
  }

  /** That of a file whose first response has come. */
  static PartRecord of(URI url, Head head) {
    return new PartRecord(
        UrlKey.of(url),
        head.validators(),
        head.bodyBytes(),
        requireNonNullElse(head.disposition(), ""),
        null);
  }

  PartRecord with(@Nullable Spans others) {
    return new PartRecord(url, validators, length, disposition, others);
  }

  /** How many bytes there are from the start on, in a partial file of this length. */
  long prefix(long fileBytes) {
    return spans == null ? fileBytes : spans.within(fileBytes).prefix();
  }

  String json() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("v", spans == null ? VERSION : VERSION_WITH_SPANS);
    fields.put("url", url);
    validators.put(fields);
    fields.put("length", length);
    fields.put("disposition", disposition);
    fields.put("spans", spans == null ? "" : spans.text());
    return FlatJson.write(fields);
  }

  /** Empty if the text is no record of this URL with which a download can go on. */
  static Optional<PartRecord> of(String json, URI url) {
    try {
      Map<String, String> fields = FlatJson.read(json);
      String from = fields.getOrDefault("url", "");
      long version = FlatJson.number(fields, "v");
      PartRecord read =
          new PartRecord(
              from,
              Validators.from(fields),
              FlatJson.number(fields, "length"),
              fields.getOrDefault("disposition", ""),
              version == VERSION ? null : Spans.of(fields.getOrDefault("spans", "")));
      boolean isOfUse =
          (version == VERSION || version == VERSION_WITH_SPANS)
              && from.equals(UrlKey.of(url))
              && read.isResumable();
      return isOfUse ? Optional.of(read) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** How many bytes a partial file of this length has, by its record: there may be gaps. */
  static long bytesIn(String json, long fileBytes) {
    try {
      Map<String, String> fields = FlatJson.read(json);
      return FlatJson.number(fields, "v") == VERSION_WITH_SPANS
          ? Spans.of(fields.getOrDefault("spans", "")).within(fileBytes).bytes()
          : fileBytes;
    } catch (IOException e) {
      return fileBytes; // A record of another make, and so without gaps.
    }
  }

  boolean isResumable() {
    return !validators.ifRange().isEmpty();
  }
}
