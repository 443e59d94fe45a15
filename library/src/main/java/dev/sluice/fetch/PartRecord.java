package dev.sluice.fetch;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the bytes of a partial file are; kept as JSON beside it.
 *
 * @param url where they come from
 * @param validators of the version that they belong to
 * @param length of the whole file in bytes; negative if it is not known
 */
record PartRecord(String url, Validators validators, long length) {
  private static final long VERSION = 1;

  String json() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("v", VERSION);
    fields.put("url", url);
    validators.put(fields);
    fields.put("length", length);
    return FlatJson.write(fields);
  }

  /** Empty if the text is no record of this URL with which a download can go on. */
  static Optional<PartRecord> of(String json, URI url) {
    try {
      Map<String, String> fields = FlatJson.read(json);
      String from = fields.getOrDefault("url", "");
      PartRecord read =
          new PartRecord(from, Validators.from(fields), FlatJson.number(fields, "length"));
      boolean isOfUse =
          FlatJson.number(fields, "v") == VERSION
              && from.equals(UrlKey.of(url))
              && read.isResumable();
      return isOfUse ? Optional.of(read) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  boolean isResumable() {
    return !validators.ifRange().isEmpty();
  }
}
