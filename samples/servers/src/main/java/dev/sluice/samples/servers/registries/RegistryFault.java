package dev.sluice.samples.servers.registries;

import java.util.Locale;
import java.util.stream.Stream;

/** The top-level domains of the registries, each with a fault. */
public enum RegistryFault {
  /** No fault. */
  TEST,
  /** The registry redirects to a server of another one, which answers 404 to everything. */
  STRAYED,
  /** The registry redirects to another server, which answers rightly. */
  MOVED,
  /** The registry answers 404 with another error inside, or a domain with an error inside. */
  GARBLED,
  /** The registry answers 404 with the page of a web server. */
  PAGED,
  /** The registry answers 429 to the first request for some names. */
  BUSY,
  /** The registry answers 503 to the first request for some names, and 500 always for others. */
  FAILING,
  /** The registry cuts its connections. */
  DOWN,
  /** The list of registries has no server. */
  UNLISTED,
  /** One of the two name servers of the zone has no authority, in several ways. */
  LAME,
  /** The name servers of the zone are silent. */
  SILENT,
  /** The resolver denies every name, and fails for some. */
  FILTERED,
  /** Every name exists in DNS. */
  WILD;

  /** The top-level domain. */
  public String topLevel() {
    return name().toLowerCase(Locale.ROOT);
  }

  static RegistryFault of(String name) {
    String topLevel = name.substring(name.lastIndexOf('.') + 1);
    return Stream.of(values())
        .filter(fault -> fault.topLevel().equals(topLevel))
        .findFirst()
        .orElse(TEST);
  }
}
