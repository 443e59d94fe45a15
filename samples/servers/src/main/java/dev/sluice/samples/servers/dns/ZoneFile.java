package dev.sluice.samples.servers.dns;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Reads the useful part of the master file format (RFC 1035, section 5.1; RFC 2308 for $TTL). */
final class ZoneFile {
  private static final int LONGEST_TTL = Integer.MAX_VALUE;

  private final String file;
  private final ZonesBuilder zones = new ZonesBuilder();
  private String origin = ".";
  private String owner = "";
  private int ttl = 300;

  ZoneFile(String file) {
    this.file = file;
  }

  Zones read(BufferedReader lines) throws IOException {
    ZoneEntries entries = new ZoneEntries(lines);
    try {
      for (var entry = entries.next(); entry.isPresent(); entry = entries.next()) {
        take(entry.orElseThrow());
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          file + " line " + entries.line() + ": " + e.getMessage(), e);
    }
    return zones.build();
  }

  private void take(ZoneEntries.Entry entry) {
    Deque<String> words = new ArrayDeque<>(entry.words());
    String first = words.element();
    if (first.equalsIgnoreCase("$ORIGIN")) {
      origin = absolute(directive(words));
    } else if (first.equalsIgnoreCase("$TTL")) {
      ttl = seconds(directive(words));
    } else if (first.startsWith("$")) {
      throw new IllegalArgumentException(first + ": allowed are $ORIGIN and $TTL");
    } else {
      record(entry, words);
    }
  }

  private void record(ZoneEntries.Entry entry, Deque<String> words) {
    if (!entry.continuesOwner()) {
      owner = absolute(words.remove());
    }
    if (owner.isEmpty()) {
      throw new IllegalArgumentException("the first record must name its owner");
    }
    int life = ttl;
    while (!words.isEmpty() && (isNumber(words.element()) || isClass(words.element()))) {
      String word = words.remove();
      life = isNumber(word) ? seconds(word) : life;
    }
    String type = words.isEmpty() ? "" : words.remove();
    zones.add(WireName.of(owner), type(type), life, data(type(type), List.copyOf(words)));
  }

  private byte[] data(RecordType type, List<String> words) {
    int wanted = type == RecordType.SOA ? 7 : 1;
    if (words.isEmpty() || (type != RecordType.TXT && words.size() != wanted)) {
      throw new IllegalArgumentException(
          "%s with %d words of data: needed are %d".formatted(type, words.size(), wanted));
    }
    return switch (type) {
      case A -> RecordData.ipv4(words.get(0));
      case AAAA -> RecordData.ipv6(words.get(0));
      case CNAME, DNAME, NS -> name(words.get(0));
      case TXT -> RecordData.strings(words);
      case SOA ->
          ZonesBuilder.soa(
              name(words.get(0)),
              name(words.get(1)),
              words.stream().skip(2).mapToInt(RecordData::number).toArray());
    };
  }

  private byte[] name(String text) {
    return WireName.of(absolute(text));
  }

  private String absolute(String text) {
    if (text.equals("@")) {
      return origin;
    }
    if (text.endsWith(".")) {
      return text;
    }
    return origin.equals(".") ? text + "." : text + "." + origin;
  }

  private static String directive(Deque<String> words) {
    if (words.size() != 2) {
      throw new IllegalArgumentException(words.element() + " needs one value");
    }
    return words.getLast();
  }

  private static RecordType type(String text) {
    Optional<RecordType> type = RecordType.named(text);
    return type.orElseThrow(
        () ->
            new IllegalArgumentException(
                "'" + text + "' is not a type: allowed are " + List.of(RecordType.values())));
  }

  private static boolean isClass(String word) {
    return word.equalsIgnoreCase("IN");
  }

  private static boolean isNumber(String word) {
    return word.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static int seconds(String word) {
    long seconds = isNumber(word) && word.length() < 12 ? Long.parseLong(word) : -1;
    if (seconds < 0 || seconds > LONGEST_TTL) {
      throw new IllegalArgumentException(
          "'" + word + "' is not a time to live: allowed are 0 to " + LONGEST_TTL + " seconds");
    }
    return (int) seconds;
  }
}
