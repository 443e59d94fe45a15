package dev.sluice.flags;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What {@code metadata.json} says, as far as it is of use: {@code {"country": "Brazil", …}}. A
 * server wrote it, so anything may stand there.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Metadata(@JsonProperty("country") @Nullable JsonNode country) {

  /** The country's name; blank when there is none, or something that is no text. */
  String name() {
    return country != null && country.isTextual() ? country.textValue() : "";
  }
}
