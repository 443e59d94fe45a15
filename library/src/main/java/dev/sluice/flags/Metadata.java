package dev.sluice.flags;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The used part of {@code metadata.json}: {@code {"country": "Brazil", …}}. The country may be any
 * JSON, since a server wrote it.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Metadata(@JsonProperty("country") @Nullable JsonNode country) {

  /** The name of the country; empty when it is missing or no string. */
  String name() {
    return country != null && country.isTextual() ? country.textValue() : "";
  }
}
