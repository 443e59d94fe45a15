package dev.sluice.dns;

import java.net.UnknownHostException;
import java.util.List;

/** Why the operating system found no address, read from its message. */
enum SystemReason {
  UNKNOWN_NAME,
  NO_ADDRESS,
  /** The message has several meanings, or is not known here. */
  UNCLEAR;

  private static final List<String> UNKNOWN_NAME_MESSAGES =
      List.of("Name or service not known", "Name does not resolve");
  private static final List<String> NO_ADDRESS_MESSAGES =
      List.of("No address associated with hostname", "Name has no usable address");

  /** Searches the exception's message. The name in it has no space, so it cannot match. */
  static SystemReason of(UnknownHostException e) {
    String message = String.valueOf(e.getMessage());
    if (UNKNOWN_NAME_MESSAGES.stream().anyMatch(message::contains)) {
      return UNKNOWN_NAME;
    }
    return NO_ADDRESS_MESSAGES.stream().anyMatch(message::contains) ? NO_ADDRESS : UNCLEAR;
  }
}
