package dev.sluice.fetch;

import java.util.Arrays;
import okhttp3.Response;

/**
 * Which files are downloaded in segments.
 *
 * @param atMost how many segments of a file come at once; 1 for none
 * @param leastBytes the fewest bytes of a segment
 */
record SegmentRule(int atMost, long leastBytes) {
  static final SegmentRule NONE = new SegmentRule(1, 8L << 20);

  /**
   * Whether the first response allows it (RFC 9110, sections 14.2 and 13.1.5): the server serves
   * ranges, the lengths are known, and a strong ETag tells this version from all others.
   *
   * @param there what is on the disk
   */
  boolean allows(Response response, Head head, PartRecord record, Spans there) {
    return record.length() > 0
        && head.bodyBytes() > 0
        && head.coding().isEmpty()
        && record.validators().hasStrongEtag()
        && (head.status() == 206 || servesRanges(response))
        && isWorthIt(there, record.length());
  }

  /** Whether several segments are missing. One before the end is, too: the end needs no request. */
  private boolean isWorthIt(Spans there, long length) {
    int gaps = there.gaps(length).size();
    boolean isOneInside = gaps == 1 && there.all().size() > 1;
    boolean areSeveral = gaps > 1 || (length - there.bytes()) / 2 >= leastBytes;
    return isOneInside || (atMost > 1 && areSeveral);
  }

  private static boolean servesRanges(Response response) {
    return response.headers("Accept-Ranges").stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .anyMatch(unit -> unit.strip().equalsIgnoreCase("bytes"));
  }
}
