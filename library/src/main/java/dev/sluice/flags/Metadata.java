package dev.sluice.flags;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** What {@code metadata.json} says; any of it may be missing, for a server wrote it. */
@JsonIgnoreProperties(ignoreUnknown = true)
record Metadata(
    @JsonProperty("country") @Nullable String country,
    @JsonProperty("gif_cc") @Nullable String gifCode) {}
