package dev.sluice.dns;

import java.net.UnknownHostException;
import java.util.List;

/** What the words of the operating system mean. Words that may mean two things are unclear. */
enum SystemReason {
  UNKNOWN_NAME,
  NO_ADDRESS,
  UNCLEAR;

  private static final List<String> UNKNOWN_NAME_WORDS =
      List.of("Name or service not known", "Name does not resolve");
  private static final List<String> NO_ADDRESS_WORDS =
      List.of("No address associated with hostname", "Name has no usable address");

  /** The words stand behind the name, which has no space in it and cannot be taken for them. */
  static SystemReason of(UnknownHostException e) {
    String message = String.valueOf(e.getMessage());
    if (UNKNOWN_NAME_WORDS.stream().anyMatch(message::contains)) {
      return UNKNOWN_NAME;
    }
    return NO_ADDRESS_WORDS.stream().anyMatch(message::contains) ? NO_ADDRESS : UNCLEAR;
  }
}
